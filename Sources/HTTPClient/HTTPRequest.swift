/// One request to a provider, or to Gupy. Never printed: the address, headers and body may hold
/// secrets and personal data.
package struct HTTPRequest: Equatable, Sendable {
  /// What is asked of the other side.
  package let method: Method
  /// Absolute: `https://…`, or `http://` to a loopback address.
  package let url: String
  /// In the order in which they are sent.
  package let headers: [Header]
  /// Empty for none.
  package let body: [UInt8]

  /// A request of these parts.
  package init(method: Method, url: String, headers: [Header], body: [UInt8]) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }

  /// The methods that providers and Gupy's configuration need.
  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
  }

  /// One header field; without line breaks, which nobody checks here.
  package struct Header: Equatable, Sendable {
    /// As it is sent.
    package let name: String
    /// As it is sent; an empty one is not.
    package let value: String

    /// A header field of these parts.
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

  /// Ten seconds, three of them to connect, and 64 KiB unless told otherwise.
  package init(
    total: Duration = .seconds(10), connect: Duration = .seconds(3), answer: Int = 65_536
  ) {
    self.total = total
    self.connect = connect
    self.answer = answer
  }
}
