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

  /// Reads a request and its table of answers strictly.
  init(_ reader: StrictReader) throws(DocumentError) {
    let members = try reader.members(["post", "get", "headers", "json", "answers"])
    (method, path) = try Self.line(reader, members)
    headers = try Self.headers(members["headers"])
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

  private static func headers(_ reader: StrictReader?) throws(DocumentError) -> [Header] {
    var headers: [Header] = []
    for (name, value) in try reader?.entries() ?? [] {
      guard name.isToken else { throw value.error("expected the name of a header") }
      headers.append(Header(name: name, value: try value.template()))
    }
    return headers
  }

  private static func line(
    _ reader: StrictReader, _ members: StrictReader.Members
  ) throws(DocumentError) -> (HTTPRequest.Method, Template) {
    switch (members["post"], members["get"]) {
    case (let path?, nil): return (.post, try path.address())
    case (nil, let path?): return (.get, try path.address())
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

extension StrictReader {
  /// An address, or a part of one, with placeholders.
  func address() throws(DocumentError) -> Template {
    let template = try template()
    for case .text(let text) in template.pieces where text.utf8.contains(where: \.isBlank) {
      throw error("an address has no white space")
    }
    return template
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self <= 0x20 || self == 0x7F }
}

extension String {
  /// A name as RFC 9110 §5.6.2 allows it.
  fileprivate var isToken: Bool {
    let isPlain = utf8.allSatisfy { byte in
      let character = Character(Unicode.Scalar(byte))
      return byte < 0x80 && (character.isLetter || character.isNumber)
        || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
    return isPlain && !isEmpty
  }

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
