/// The bytes of one request on their way out and in.
final class Transfer {
  private let body: [UInt8]
  private let limit: Int
  private var given = 0
  /// Whether libcurl asked for the body: from then on the provider may have acted. Without a body
  /// nothing tells, so it counts as asked from the start.
  private var asked: Bool
  /// What has come of the decoded body.
  private(set) var answer: [UInt8] = []
  /// Whether the empty line behind the answer's headers has come.
  private(set) var hasAllHeaders = false

  /// A body to give, and the bytes that an answer may have.
  init(_ body: [UInt8], limit: Int) {
    self.body = body
    self.limit = limit
    asked = body.isEmpty
  }

  /// The transfer that a callback's context stands for.
  static func of(_ context: UnsafeMutableRawPointer?) -> Transfer {
    Unmanaged.fromOpaque(context.unsafelyUnwrapped).takeUnretainedValue()
  }

  /// Fills the buffer with the body's next bytes; 0 at its end. It never goes back.
  func give(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    asked = true
    let part = body[given...].prefix(buffer.count)
    buffer.copyBytes(from: part)
    given += part.count
    return part.count
  }

  /// Sees one whole line of the headers, or of what may stand behind the body. Each status line begins
  /// other headers.
  func see(_ line: UnsafeRawBufferPointer) -> Int {
    if line.starts(with: "HTTP/".utf8) { hasAllHeaders = false }
    if line.allSatisfy({ $0 == 0x0D || $0 == 0x0A }) { hasAllHeaders = true }
    return line.count
  }

  /// Taking less than offered makes libcurl give up.
  func take(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard answer.count + bytes.count <= limit else { return 0 }
    answer += bytes
    return bytes.count
  }

  /// What a failure means for the message.
  func error(_ reason: String) -> HTTPError {
    asked ? .noAnswer(reason: reason) : .notSent(reason: reason)
  }
}
