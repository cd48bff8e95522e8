import HTTPClient
import JSON

/// One request of a profile, and what its answers mean.
struct Call: Equatable, Sendable {
  let method: HTTPRequest.Method
  let path: Template
  let headers: [Header]
  let body: BodyTemplate?
  let answers: [AnswerRule]

  /// A header field whose value is filled for each message.
  struct Header: Equatable, Sendable {
    let name: String
    let value: Template
  }

  /// What may stand in a request.
  static let keys = ["post", "get", "headers", "json", "answers"]

  /// Reads a request and its table of answers strictly.
  ///
  /// - Parameter keys: what else may stand there, for whoever reads it.
  init(_ reader: StrictReader, beside keys: [String] = []) throws(DocumentError) {
    let members = try reader.members(Self.keys + keys)
    (method, path) = try Self.line(reader, members)
    let values = try members["headers"]?.dictionary { value throws(DocumentError) in
      try value.template()
    }
    headers = (values ?? [:]).sorted { $0.key < $1.key }.map { Header(name: $0, value: $1) }
    body = try members["json"].map { reader throws(DocumentError) in try BodyTemplate(reader) }
    if let json = members["json"], let body, body.needsRepetition {
      throw json.error("{{each.…}} must stand in an array element or in an object's key")
    }
    let outside = path.placeholders + headers.flatMap(\.value.placeholders)
    if outside.contains(where: { $0.name.hasPrefix("each.") }) {
      throw reader.error("{{each.…}} must stand in \"json\"")
    }
    answers = try members["answers"]?.list(AnswerRule.init) ?? []
  }

  private static func line(
    _ reader: StrictReader, _ members: StrictReader.Members
  ) throws(DocumentError) -> (HTTPRequest.Method, Template) {
    switch (members["post"], members["get"]) {
    case (let path?, nil): return (.post, try path.template())
    case (nil, let path?): return (.get, try path.template())
    case (nil, nil), (_?, _?): throw reader.error("expected \"post\" or \"get\" with a path")
    }
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
      guard let text = try header.value.value(values)?.text else { continue }
      filled.append(HTTPRequest.Header(name: header.name, value: Values.oneLine(text)))
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
