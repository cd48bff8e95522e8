/// One request as nginx hands it over, the same for FastCGI and CGI.
package struct Request: Sendable {
  package let method: String
  /// The FastCGI params, or the CGI environment (RFC 3875 §4.1).
  package let parameters: [String: String]
  package let body: Body

  package enum Body: Equatable, Sendable {
    case complete([UInt8])
    /// `CONTENT_LENGTH` is absent, empty or no number.
    case noLength
    /// Announced as more bytes than are taken; nothing was read.
    case tooLarge(limit: Int)
    /// Fewer bytes came than were announced.
    case truncated
  }

  package init(method: String, parameters: [String: String], body: Body) {
    self.method = method
    self.parameters = parameters
    self.body = body
  }

  /// Builds a request from its params and whatever reads its body.
  ///
  /// - Parameter read: returns the body's first bytes, as many as asked for, or fewer when there are
  ///   no more.
  init(parameters: [String: String], limit: Int, read: (Int) -> [UInt8]) {
    let method = parameters["REQUEST_METHOD"] ?? ""
    let body = Body(parameters["CONTENT_LENGTH"] ?? "", method: method, limit: limit, read: read)
    self.init(method: method, parameters: parameters, body: body)
  }

  /// A header by its HTTP name; nil when it is absent or empty (RFC 3875 §4.1.18).
  package func header(_ name: String) -> String? {
    let variable = name.uppercased().replacing("-", with: "_")
    let isMeta = ["CONTENT_TYPE", "CONTENT_LENGTH"].contains(variable)
    let value = parameters[isMeta ? variable : "HTTP_" + variable] ?? ""
    return value.isEmpty ? nil : value
  }
}

extension Request.Body {
  fileprivate init(_ announced: String, method: String, limit: Int, read: (Int) -> [UInt8]) {
    guard !announced.isEmpty || method == "POST" else {
      self = .complete([])
      return
    }
    let isNumber = !announced.isEmpty && announced.utf8.allSatisfy { 0x30...0x39 ~= $0 }
    guard isNumber, let length = Int(announced) else {
      self = .noLength
      return
    }
    guard length <= limit else {
      self = .tooLarge(limit: limit)
      return
    }
    let bytes = length == 0 ? [] : read(length)
    self = bytes.count == length ? .complete(bytes) : .truncated
  }
}

/// How much of a request is taken.
package struct Limits: Equatable, Sendable {
  /// Bytes of a body.
  package var body: Int
  /// Seconds from the connection to the last byte of the request.
  package var receive: Int

  package init(body: Int = 1_048_576, receive: Int = 10) {
    self.body = body
    self.receive = receive
  }
}
