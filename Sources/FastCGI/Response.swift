/// What is answered to a request.
package struct Response: Sendable {
  package var status: Status
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]

  package init(status: Status, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The response as a CGI program writes it (RFC 3875 §6), with `Content-Length`. A line break in a
  /// header's value becomes a space.
  package var serialized: [UInt8] {
    var head = "Status: \(status.code) \(status.reason)\r\n"
    for (name, value) in headers + [(name: "Content-Length", value: String(body.count))] {
      head += "\(name): \(String(value.map { $0.isNewline ? " " : $0 }))\r\n"
    }
    return Array((head + "\r\n").utf8) + body
  }
}
