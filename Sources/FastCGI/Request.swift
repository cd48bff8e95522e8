/// One HTTP request as the web server hands it over, the same by FastCGI and by CGI.
package struct Request: Equatable, Sendable {
  /// The value of `REQUEST_METHOD`, empty if the web server did not send it.
  package let method: String

  /// The meta-variables by name (RFC 3875 §4.1), with what the web server adds of its own.
  package let parameters: [String: String]

  /// The body, or the reason why there is none to work with.
  package let body: Body

  /// Whether this process waited for the request, which then did not wait itself; nil for a process
  /// that was started for it, and cannot know.
  package var wasAwaited: Bool?

  /// A request with these very values.
  package init(method: String, parameters: [String: String], body: Body) {
    self.method = method
    self.parameters = parameters
    self.body = body
  }

  /// Makes a request of its parameters; the one way for both transports.
  ///
  /// - Parameters:
  ///   - parameters: The meta-variables (RFC 3875 §4.1).
  ///   - limit: The largest body to read, in bytes.
  ///   - read: Returns up to the given number of bytes of the body, and fewer only if no more will
  ///     come. It is called at most once.
  package init(parameters: [String: String], limit: Int, read: (Int) -> [UInt8]) {
    let method = parameters["REQUEST_METHOD"] ?? ""
    self.init(
      method: method, parameters: parameters,
      body: Body(
        length: parameters["CONTENT_LENGTH"], method: method, limit: limit, read: read))
  }

  /// The value of a header field, whatever the case of `name`, or nil if it was not sent.
  ///
  /// Fields arrive as meta-variables with the prefix `HTTP_` (RFC 3875 §4.1.18), except for
  /// `Content-Type` and `Content-Length`, which have variables of their own (§4.1.2, §4.1.3).
  package func header(_ name: String) -> String? {
    let variable = String(decoding: name.utf8.map(\.variable), as: UTF8.self)
    let hasOwnVariable = variable == "CONTENT_TYPE" || variable == "CONTENT_LENGTH"
    return parameters[hasOwnVariable ? variable : "HTTP_" + variable]
  }
}

extension UInt8 {
  /// A byte of a header field's name as it stands in the name of its meta-variable.
  fileprivate var variable: UInt8 {
    switch self {
    case UInt8(ascii: "-"): UInt8(ascii: "_")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): self & ~0x20
    default: self
    }
  }
}
