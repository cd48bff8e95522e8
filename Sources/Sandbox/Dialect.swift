import JSON

/// How one request of a provider's API speaks, as far as a fake of it must know: where in it stands
/// what, and what the answers look like. `Dialects.json` has them all, from the providers' public
/// documentation. Places are JSON pointers into `FakeRequest.document`.
struct Dialect: Sendable {
  /// The request's path; `*` stands for any one segment.
  let path: String
  /// What else tells the request from others with its path: what stands at a place, `*` for anything.
  let when: [String: String]?
  /// What kind of request it is; nil for one that sends a message.
  let kind: Kind?
  /// The header that carries the key, and what stands before it: `Authorization: Bearer `.
  let key: String
  /// Absent where the API takes no id of ours.
  let id: String?
  /// What stands before the id at its place.
  let idAfter: String?
  let recipient: String?
  let template: String?
  /// An array, an object whose keys are numbers, or the whole message as one text.
  let values: String?
  /// How many elements come before the first value.
  let valuesFrom: Int?
  /// Where in an element its value stands; absent where it is the element.
  let value: String?
  /// To a message that is taken, and to a look-up that finds something.
  let accepted: Answer
  /// To a message that is refused for good, and to a look-up that finds nothing.
  let refused: Answer

  /// A request that sends no message.
  enum Kind: String, JSONReadable {
    /// Asks for something that is always there.
    case lookUp
    /// Asks what became of a message.
    case question
  }

  /// An answer; `{{id}}` and `{{recipient}}` in it stand for the message's.
  struct Answer: Sendable {
    let status: Int
    let body: JSONValue?
  }

  /// All of them.
  static func all() throws -> [Dialect] {
    try [Dialect](json: JSONDocument(PackageResources.Dialects_json[...]).root)
  }

  /// Whether a request is of this kind.
  func matches(_ request: FakeRequest) -> Bool {
    let mine = path.split(separator: "/")
    return mine.count == request.path.count
      && zip(mine, request.path).allSatisfy { $0 == "*" || $0 == $1 }
      && (when ?? [:]).allSatisfy { place, wanted in
        request.text(place).map { wanted == "*" || wanted == $0 } ?? false
      }
  }
}

extension Dialect: JSONReadable {
  init(json: JSONNode) throws(JSONMismatch) {
    self.init(
      path: try json.text("path").orMismatch, when: try json.value("when"),
      kind: try json.value("kind"), key: try json.text("key").orMismatch, id: try json.text("id"),
      idAfter: try json.text("idAfter"), recipient: try json.text("recipient"),
      template: try json.text("template"), values: try json.text("values"),
      valuesFrom: try json.integer("valuesFrom"), value: try json.text("value"),
      accepted: try json.value("accepted").orMismatch,
      refused: try json.value("refused").orMismatch)
  }
}

extension Dialect.Answer: JSONReadable {
  init(json: JSONNode) throws(JSONMismatch) {
    self.init(status: try json.integer("status").orMismatch, body: try json.value("body"))
  }
}
