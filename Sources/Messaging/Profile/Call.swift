import HTTPClient
import JSON

/// One request of a profile, and what its answers mean.
struct Call: Equatable, Sendable {
  let method: HTTPRequest.Method
  let path: Template
  let headers: [Header]
  let basic: Basic?
  let body: Body?
  let answers: [AnswerRule]
  /// What the answer to a preparation gives to the message's own request, an account's identity by its
  /// phone number for instance: by name the places where it may stand, of which the first that is there
  /// counts.
  private let take: [String: [JSONPointer]]

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

  /// What is sent, and as what.
  struct Body: Equatable, Sendable {
    let type: BodyType
    let template: BodyTemplate
  }

  /// The value of `Content-Type`.
  enum BodyType: String {
    case json = "application/json"
    /// Of an object. A field that is no text is sent as JSON text: Twilio's `ContentVariables`, Gupshup's
    /// `template`.
    case form = "application/x-www-form-urlencoded"
  }

  /// Reads a request and its table of answers strictly.
  ///
  /// - Parameter prepares: whether it comes before the one that sends, and must say what that takes.
  init(_ reader: StrictReader, prepares: Bool = false) throws(DocumentError) {
    let members = try reader.members(
      ["post", "get", "headers", "basic", "json", "form", "answers"] + (prepares ? ["take"] : []))
    (method, path) = try Self.line(reader, members)
    headers = try Self.headers(members["headers"])
    basic = try members["basic"].map(Basic.init)
    body = try Self.body(reader, members)
    answers = try members["answers"]?.list(AnswerRule.init) ?? []
    take =
      try prepares
      ? members.required("take").dictionary { value throws(DocumentError) in try value.pointers() }
      : [:]
    if outside.contains(where: \.isEach) {
      throw reader.error("{{each.…}} must stand in \"json\" or \"form\"")
    }
    if method == .get, body != nil { throw reader.error("\"get\" sends no \"json\" or \"form\"") }
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

  private static func headers(_ reader: StrictReader?) throws(DocumentError) -> [Header] {
    var headers: [Header] = []
    for (name, value) in try reader?.entries() ?? [] {
      guard !name.isEmpty, name.utf8.allSatisfy(\.isOfToken) else {
        throw value.error("expected the name of a header")
      }
      headers.append(Header(name: name, value: try value.template()))
    }
    return headers
  }

  private static func body(
    _ reader: StrictReader, _ members: StrictReader.Members
  ) throws(DocumentError) -> Body? {
    let (json, form) = (members["json"], members["form"])
    guard let place = json ?? form else { return nil }
    if json != nil, form != nil { throw reader.error("expected \"json\" or \"form\", not both") }
    _ = try form?.entries()
    let template = try BodyTemplate(place)
    if template.needsRepetition {
      throw place.error("{{each.…}} must stand in an array element or in an object's key")
    }
    return Body(type: json == nil ? .form : .json, template: template)
  }

  var placeholders: [Template.Placeholder] { outside + (body?.template.placeholders ?? []) }

  /// Those outside of the body.
  private var outside: [Template.Placeholder] {
    path.placeholders + headers.flatMap(\.value.placeholders)
      + (basic.map { $0.user.placeholders + $0.password.placeholders } ?? [])
  }

  /// The placeholders that the answer to a preparation fills, each with a value: `prepare.identity`.
  func given(_ value: (String) -> String) -> [String: JSONValue] {
    let names = take.keys.map { "prepare." + $0 }
    return Dictionary(uniqueKeysWithValues: names.map { ($0, .string(value($0))) })
  }

  /// What the answer to a preparation gives, by placeholder; nil when something of it is not there.
  func given(by answer: AnswerBody) -> [String: JSONValue]? {
    var values: [String: JSONValue] = [:]
    for (name, places) in take {
      guard let found = places.lazy.compactMap(answer.value).first else { return nil }
      values["prepare." + name] = found
    }
    return values
  }
}

extension Call {
  /// The request with every placeholder filled. Placeholders in the path are percent-encoded.
  func request(
    base: String, _ values: Values, _ parameters: [Message.Parameter] = []
  ) throws(MissingValues) -> HTTPRequest {
    let path = try path.text(values, encode: \.percentEncoded)
    let base = base.hasSuffix("/") && path.hasPrefix("/") ? String(base.dropLast()) : base
    var filled: [HTTPRequest.Header] = []
    if let body { filled.append(.init(name: "Content-Type", value: body.type.rawValue)) }
    if let basic {
      let pair = try basic.user.text(values) + ":" + basic.password.text(values)
      filled.append(.init(name: "Authorization", value: "Basic " + pair.utf8.base64))
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

extension Call.Basic {
  fileprivate init(_ reader: StrictReader) throws(DocumentError) {
    let members = try reader.members(["user", "password"])
    user = try members.required("user").template()
    password = try members.required("password").template()
  }
}

extension Call.Body {
  fileprivate func encoded(
    _ values: Values, _ parameters: [Message.Parameter]
  ) throws(MissingValues) -> [UInt8] {
    let filled = try template.fill(values, parameters)
    switch type {
    case .json: return filled?.json ?? []
    case .form: return Array((filled?.formEncoded ?? "").utf8)
    }
  }
}

extension JSONValue {
  /// An object's members as `name=value&…`, sorted by name (WHATWG URL §5.2, a space as `%20`).
  fileprivate var formEncoded: String {
    guard case .object(let members) = self else { return "" }
    return members.sorted { $0.key < $1.key }.map { name, value in
      let text = value.text ?? String(decoding: value.json, as: UTF8.self)
      return name.percentEncoded + "=" + text.percentEncoded
    }.joined(separator: "&")
  }
}

extension UInt8 {
  /// Whether it may stand in a header's name (RFC 9110 §5.6.2).
  fileprivate var isOfToken: Bool { isUnreserved || "!#$%&'*+^`|".utf8.contains(self) }
}
