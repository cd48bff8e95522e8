import FoundationEssentials
import HTTPClient
import JSON

/// One request of a profile, and what its answers mean.
struct Call: Equatable, Sendable {
  let method: HTTPRequest.Method
  let path: Template
  let headers: [Header]
  let basic: Basic?
  let body: CallBody?
  let answers: [AnswerRule]

  /// A header field whose value is filled for each message.
  struct Header: Equatable, Sendable {
    let name: String
    let value: Template
  }

  /// User and password of Basic authentication (RFC 7617).
  struct Basic: Equatable, Sendable {
    let user: Template
    let password: Template
  }

  /// What may stand in a request.
  static let keys = ["post", "get", "headers", "basic", "json", "form", "answers"]

  /// Reads a request and its table of answers strictly.
  ///
  /// - Parameter keys: what else may stand there, for whoever reads it.
  init(_ reader: StrictReader, beside keys: [String] = []) throws(DocumentError) {
    let members = try reader.members(Self.keys + keys)
    (method, path) = try Self.line(reader, members)
    headers = try Self.headers(members["headers"])
    basic = try members["basic"].map { basic throws(DocumentError) in try Basic(basic) }
    body = try CallBody(reader, members)
    answers = try members["answers"]?.list(AnswerRule.init) ?? []
    if outside.contains(where: { $0.name.hasPrefix("each.") }) {
      throw reader.error("{{each.…}} must stand in \"json\" or \"form\"")
    }
    if method == .get, body != nil { throw reader.error("\"get\" sends no \"json\" or \"form\"") }
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

  var placeholders: [Template.Placeholder] { outside + (body?.template.placeholders ?? []) }

  /// Those outside of the body.
  private var outside: [Template.Placeholder] {
    path.placeholders + headers.flatMap(\.value.placeholders)
      + (basic.map { $0.user.placeholders + $0.password.placeholders } ?? [])
  }
}

extension Call.Basic {
  fileprivate init(_ reader: StrictReader) throws(DocumentError) {
    let members = try reader.members(["user", "password"])
    user = try members.required("user").template()
    password = try members.required("password").template()
  }

  /// The value of `Authorization`.
  fileprivate func header(_ values: Values) throws(MissingValues) -> String {
    let pair = try user.text(values) + ":" + password.text(values)
    return "Basic " + Data(pair.utf8).base64EncodedString()
  }
}

extension Call {
  /// The request with every placeholder filled. Placeholders in the path are percent-encoded.
  func request(
    base: String, _ values: Values, _ parameters: [Message.Parameter]
  ) throws(MissingValues) -> HTTPRequest {
    let path = try path.text(values, encode: \.percentEncoded)
    let base = base.hasSuffix("/") && path.hasPrefix("/") ? String(base.dropLast()) : base
    var filled: [HTTPRequest.Header] = []
    if let body { filled.append(.init(name: "Content-Type", value: body.type)) }
    if let basic {
      filled.append(.init(name: "Authorization", value: try basic.header(values)))
    }
    for header in headers {
      guard let text = try header.value.value(values)?.text else { continue }
      filled.append(.init(name: header.name, value: Values.oneLine(text)))
    }
    return HTTPRequest(
      method: method, url: base + path, headers: filled,
      body: try body?.encoded(values, parameters) ?? [])
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

  /// All but RFC 3986's unreserved characters as `%XX`: safe in a path, a query and a form.
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
