import HTTPClient

/// One request of a profile, and what its answers mean.
package struct Call: Equatable, Sendable {
  let method: HTTPRequest.Method
  let path: Template
  let headers: [Header]
  let body: BodyTemplate?
  let answers: [AnswerRule]

  struct Header: Equatable, Sendable {
    let name: String
    let value: Template
  }

  package init(_ reader: StrictReader) throws(DocumentError) {
    let members = try reader.object(["post", "get", "headers", "json", "answers"])
    (method, path) = try Self.line(reader, members)
    headers = try Self.headers(members["headers"])
    body = try members["json"].map { reader throws(DocumentError) in try BodyTemplate(reader) }
    if let json = members["json"], let body, body.needsRepetition {
      throw json.error("{{each.…}} must stand in an array element or in an object's key")
    }
    var answers: [AnswerRule] = []
    for rule in try members["answers"]?.array() ?? [] { answers.append(try AnswerRule(rule)) }
    self.answers = answers
  }

  private static func line(
    _ reader: StrictReader, _ members: [String: StrictReader]
  ) throws(DocumentError) -> (HTTPRequest.Method, Template) {
    switch (members["post"], members["get"]) {
    case (let path?, nil): return (.post, try path.template())
    case (nil, let path?): return (.get, try path.template())
    case (nil, nil), (_?, _?): throw reader.error("expected \"post\" or \"get\" with a path")
    }
  }

  private static func headers(_ reader: StrictReader?) throws(DocumentError) -> [Header] {
    var headers: [Header] = []
    for (name, value) in try reader?.object().sorted(by: { $0.key < $1.key }) ?? [] {
      headers.append(Header(name: name, value: try value.template()))
    }
    return headers
  }

  var placeholders: [Template.Placeholder] {
    path.placeholders + headers.flatMap(\.value.placeholders) + (body?.placeholders ?? [])
  }
}

extension Call {
  /// The request with every placeholder filled. Placeholders in the path are percent-encoded.
  func request(
    base: String, _ values: Values, _ parameters: [Message.Parameter]
  ) throws(MissingValues) -> HTTPRequest {
    let url = try base + path.text(values, encode: \.percentEncoded)
    var filled =
      body == nil ? [] : [HTTPRequest.Header(name: "Content-Type", value: "application/json")]
    for header in headers {
      guard let value = try header.value.value(values)?.text else { continue }
      filled.append(HTTPRequest.Header(name: header.name, value: value))
    }
    let json = try body?.fill(values, parameters)?.encoded
    return HTTPRequest(method: method, url: url, headers: filled, body: json ?? [])
  }
}

extension String {
  /// All but RFC 3986's unreserved characters as `%XX`.
  var percentEncoded: String {
    utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain = scalar.isASCII && (Character(scalar).isLetter || Character(scalar).isNumber)
      if isPlain || "-._~".unicodeScalars.contains(scalar) { return String(scalar) }
      let hex = String(byte, radix: 16, uppercase: true)
      return byte < 16 ? "%0" + hex : "%" + hex
    }.joined()
  }
}
