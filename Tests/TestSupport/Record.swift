/// FastCGI records (FastCGI spec §8).
package enum Record {
  package static let end: UInt8 = 3
  package static let standardOutput: UInt8 = 6

  package static func begin(role: UInt8 = 1, keepsConnection: Bool = false) -> [UInt8] {
    record(1, [0, role, keepsConnection ? 1 : 0, 0, 0, 0, 0, 0])
  }

  package static let abort = record(2, [])

  /// A whole stream: the content in records of at most 60,000 bytes, then the empty one.
  package static func parameters(_ pairs: [(String, String)]) -> [UInt8] {
    stream(4, pairs.flatMap { pair(Array($0.utf8), Array($1.utf8)) })
  }

  package static func input(_ content: [UInt8]) -> [UInt8] { stream(5, content) }

  package static func pair(_ name: [UInt8], _ value: [UInt8]) -> [UInt8] {
    length(name.count) + length(value.count) + name + value
  }

  package static func stream(_ type: UInt8, _ content: [UInt8]) -> [UInt8] {
    let starts = stride(from: 0, to: content.count, by: 60_000)
    return starts.flatMap { record(type, Array(content[$0...].prefix(60_000))) } + record(type, [])
  }

  package static func record(_ type: UInt8, _ content: [UInt8], id: UInt8 = 1) -> [UInt8] {
    [1, type, 0, id, UInt8(content.count >> 8), UInt8(content.count & 255), 0, 0] + content
  }

  private static func length(_ count: Int) -> [UInt8] {
    count < 128 ? [UInt8(count)] : [24, 16, 8, 0].map { UInt8((count | 1 << 31) >> $0 & 255) }
  }

  /// A POST with a body and a length that fits it, unless told otherwise.
  package static func post(
    _ body: String, length: Int? = nil, _ extra: [(String, String)] = []
  ) -> [UInt8] {
    postHead(length: length ?? body.utf8.count, extra) + input(Array(body.utf8))
  }

  package static func postHead(length: Int, _ extra: [(String, String)] = []) -> [UInt8] {
    begin()
      + parameters([("REQUEST_METHOD", "POST"), ("CONTENT_LENGTH", String(length))] + extra)
  }
}
