import JSON

/// How one request of a provider's API speaks, as far as a fake of it must know: where in it stands
/// what, and what the answers look like. `Dialects.json` has them all, from the providers' public
/// documentation. Places are JSON pointers into a `FakeRequest`.
struct Dialect: Sendable {
  private let members: JSONValue

  /// What it says in a word.
  enum Member: String {
    /// The request's path; `*` stands for any one segment.
    case path
    /// The header that carries the key, and what stands before it: `Authorization: Bearer `.
    case key
    /// The place of our id, where the API takes one, and what stands before it there.
    case id, idAfter
    case recipient, template
    /// The place of an array, of an object whose keys are numbers, or of the message as one text.
    case values
    /// How many elements come before the first value.
    case valuesFrom
    /// Where in an element its value stands; absent where it is the element.
    case value
  }

  /// What a request is for.
  enum Kind: String {
    /// Sends a message.
    case message
    /// Asks for something that is always there.
    case lookUp
    /// Asks what became of a message.
    case question
  }

  /// To a message that is taken, and to a look-up that finds something; or to one that is refused
  /// for good, or finds nothing.
  enum Answer: String {
    case accepted, refused
  }

  static let all: [Dialect] = {
    guard case .array(let all)? = JSONValue(PackageResources.Dialects_json) else { return [] }
    return all.map(Dialect.init)
  }()

  subscript(_ member: Member) -> String? { at(member.rawValue)?.text }

  var kind: Kind { at("kind")?.text.flatMap(Kind.init) ?? .message }

  /// The answer's status; `{{id}}` and `{{recipient}}` in its body, if it has one, stand for the
  /// message's.
  func answer(_ answer: Answer) -> (status: Int, body: JSONValue?) {
    let status = at("\(answer.rawValue)/status")?.text.flatMap { Int($0) }
    return (status ?? 500, at("\(answer.rawValue)/body"))
  }

  /// Whether a request is of this kind.
  func matches(_ request: FakeRequest) -> Bool {
    let mine = (self[.path] ?? "").split(separator: "/")
    guard mine.count == request.path.count,
      zip(mine, request.path).allSatisfy({ $0 == "*" || $0 == $1 })
    else { return false }
    // What tells it from others with its path: what stands at a place, `*` for anything.
    guard case .object(let marks)? = at("when") else { return true }
    return marks.allSatisfy { place, wanted in
      request.text(place).map { wanted == "*" || wanted == .string($0) } ?? false
    }
  }

  private func at(_ pointer: String) -> JSONValue? {
    JSONPointer("/" + pointer)?.value(in: members)
  }
}
