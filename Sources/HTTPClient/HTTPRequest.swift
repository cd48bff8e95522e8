/// One request to a provider. Never printed: the address, headers and body may hold secrets and
/// personal data.
package struct HTTPRequest: Equatable, Sendable {
  package let method: Method
  /// Absolute: `https://…`, or `http://` to a loopback address.
  package let url: String
  package let headers: [Header]
  package let body: [UInt8]

  package init(method: Method, url: String, headers: [Header], body: [UInt8]) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }

  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  package struct Header: Equatable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }
}

/// How far a request may go.
package struct HTTPLimits: Equatable, Sendable {
  /// From the call to the last byte of the answer.
  package var total: Duration
  /// For the address look-up, the connection and the TLS handshake.
  package var connect: Duration
  /// Bytes of the decoded answer.
  package var answer: Int

  package init(
    total: Duration = .seconds(10), connect: Duration = .seconds(3), answer: Int = 1_048_576
  ) {
    self.total = total
    self.connect = connect
    self.answer = answer
  }
}
