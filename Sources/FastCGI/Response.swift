/// The answer to one request.
package struct Response: Sendable {
  package var status: Status
  /// In the order in which they are sent.
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]

  package init(
    status: Status, headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The answer as a CGI document response (RFC 3875 §6.2.1), the same by FastCGI and by CGI.
  ///
  /// It begins with `Status`, and `Content-Length` is always the body's; a header field with one of
  /// these names is left out. No name or value can end its line: CR, LF and NUL become spaces
  /// (RFC 9110 §5.5).
  package func serialized() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512 + body.count)
    bytes.append(line: "Status", "\(status.code) \(status.reason)")
    for (name, value) in headers where !name.isOurs { bytes.append(line: name, value) }
    bytes.append(line: "Content-Length", String(body.count))
    return bytes + lineEnd + body
  }
}

private let lineEnd = Array("\r\n".utf8)

extension [UInt8] {
  fileprivate mutating func append(line name: String, _ value: String) {
    let start = count
    append(contentsOf: name.utf8)
    append(contentsOf: ": ".utf8)
    append(contentsOf: value.utf8)
    for index in start..<count where self[index] <= 13 {
      if self[index] == 0 || self[index] == 10 || self[index] == 13 { self[index] = 32 }
    }
    append(contentsOf: lineEnd)
  }
}

extension String {
  /// Whether the answer has a header field of this name by itself.
  fileprivate var isOurs: Bool {
    guard utf8.count == 6 || utf8.count == 14 else { return false }
    return ["status", "content-length"].contains(lowercased())
  }
}
