/// The answer to one request.
package struct Response: Sendable {
  /// The HTTP status.
  package var status: Status

  /// Header fields in the order in which they are sent.
  package var headers: [(name: String, value: String)]

  /// The content.
  package var body: [UInt8]

  /// An answer of these parts.
  package init(
    status: Status, headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

extension Response {
  /// The answer as a CGI document response (RFC 3875 §6.2.1), the same by FastCGI and by CGI.
  ///
  /// It begins with `Status`, and `Content-Length` is always the body's; a header field with one of
  /// these names is left out. No name or value can end its line: CR, LF and NUL become spaces
  /// (RFC 9110 §5.5).
  package func serialized() -> [UInt8] {
    var lines = Self.line("Status", "\(status.code) \(status.reason)")
    for (name, value) in headers where !Self.isOurs(name) {
      lines += Self.line(name, value)
    }
    return lines + Self.line("Content-Length", "\(body.count)") + Self.lineEnd + body
  }

  private static let lineEnd = Array("\r\n".utf8)

  private static func isOurs(_ name: String) -> Bool {
    ["status", "content-length"].contains(name.lowercased())
  }

  private static func line(_ name: String, _ value: String) -> [UInt8] {
    let breaks: [UInt8] = [0, UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    return "\(name): \(value)".utf8.map { breaks.contains($0) ? UInt8(ascii: " ") : $0 } + lineEnd
  }
}
