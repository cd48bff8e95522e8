import JSON

/// What a call sends: a JSON document, or the fields of a form.
enum CallBody: Equatable, Sendable {
  case json(BodyTemplate)
  /// An object. A field that is no text is sent as JSON text: Twilio's `ContentVariables`, Gupshup's
  /// `template`.
  case form(BodyTemplate)

  /// Reads `json` or `form` of a call; nil where it has neither.
  init?(_ call: StrictReader, _ members: StrictReader.Members) throws(DocumentError) {
    switch (members["json"], members["form"]) {
    case (nil, nil): return nil
    case (let json?, nil): self = .json(try BodyTemplate(repeatedWithin: json))
    case (nil, let form?):
      _ = try form.entries()
      self = .form(try BodyTemplate(repeatedWithin: form))
    case (_?, _?): throw call.error("expected \"json\" or \"form\", not both")
    }
  }

  var template: BodyTemplate {
    switch self {
    case .json(let template), .form(let template): template
    }
  }

  /// The value of `Content-Type`.
  var type: String {
    switch self {
    case .json: "application/json"
    case .form: "application/x-www-form-urlencoded"
    }
  }

  /// The bytes, with every placeholder filled.
  func encoded(
    _ values: Values, _ parameters: [Message.Parameter]
  ) throws(MissingValues) -> [UInt8] {
    let filled = try template.fill(values, parameters)
    switch self {
    case .json: return filled?.json ?? []
    case .form: return Array((filled?.formEncoded ?? "").utf8)
    }
  }
}

extension BodyTemplate {
  fileprivate init(repeatedWithin reader: StrictReader) throws(DocumentError) {
    try self.init(reader)
    if needsRepetition {
      throw reader.error("{{each.…}} must stand in an array element or in an object's key")
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
