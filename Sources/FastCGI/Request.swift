import JSON

/// One HTTP request as the web server hands it over, the same by FastCGI and by CGI.
package struct Request: Equatable, Sendable {
  /// The value of `REQUEST_METHOD`, empty if the web server did not send it.
  package let method: String

  /// What the web server says of it.
  package let parameters: Parameters

  /// The body, or the reason why there is none to work with.
  package let body: Body

  /// Whether this process waited for the request, which then did not wait itself; nil for a process
  /// that was started for it, and cannot know.
  package var wasAwaited: Bool?

  /// A request with these very values.
  package init(method: String, parameters: Parameters, body: Body) {
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
  ///     come. It is called at most once, and not at all for an empty body.
  package init(parameters: Parameters, limit: Int, read: (Int) -> [UInt8]) {
    method = parameters["REQUEST_METHOD"] ?? ""
    self.parameters = parameters
    body = Body(
      length: parameters["CONTENT_LENGTH"], method: method, limit: limit, read: read)
  }

  /// The value of a header field, whatever the case of `name`, or nil if it was not sent.
  ///
  /// Fields arrive as meta-variables with the prefix `HTTP_` (RFC 3875 §4.1.18), except for
  /// `Content-Type` and `Content-Length`, which have variables of their own (§4.1.2, §4.1.3).
  package func header(_ name: String) -> String? {
    let variable = String(
      decoding: name.utf8.map { byte in
        switch byte {
        case UInt8(ascii: "-"): UInt8(ascii: "_")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte & ~0x20
        case _: byte
        }
      }, as: UTF8.self)
    let hasOwnVariable = variable == "CONTENT_TYPE" || variable == "CONTENT_LENGTH"
    return parameters[hasOwnVariable ? variable : "HTTP_" + variable]
  }
}

/// What became of a request's body: the bytes, or the reason why there are none to work with.
package enum Body: Equatable, Sendable {
  /// All announced bytes, and no byte more (RFC 3875 §4.2).
  case complete([UInt8])

  /// A POST without a length, or a length that is not a number of bytes.
  case noLength

  /// More bytes were announced than `limit`; none was read.
  case tooLarge(limit: Int)

  /// Fewer bytes arrived than were announced: the client went away, stalled or broke the protocol.
  case truncated

  /// Reads a body by the rules of `CONTENT_LENGTH` (RFC 3875 §4.1.2).
  ///
  /// An absent length is an empty one, and means a request without a body unless the method is POST,
  /// which has one always.
  init(length: String?, method: String, limit: Int, read: (Int) -> [UInt8]) {
    guard let length, !length.isEmpty else {
      self = method == "POST" ? .noLength : .complete([])
      return
    }
    guard let count = length.digits else {
      self = .noLength
      return
    }
    guard count <= limit else {
      self = .tooLarge(limit: limit)
      return
    }
    let bytes = count == 0 ? [] : read(count)
    self = bytes.count < count ? .truncated : .complete(Array(bytes.prefix(count)))
  }
}

extension String {
  /// A number in decimal digits; `Int` alone would also take a sign.
  var digits: Int? {
    utf8.allSatisfy(\.isASCIIDigit) ? Int(self) : nil
  }
}
