import JSON

/// What a request says, whichever API it is for.
struct Envelope {
  let id: String
  /// Digits only.
  let recipient: String
  private let template: String
  private let values: [String]

  /// Finds in a request what the dialect says where to find.
  init(_ request: FakeRequest, _ dialect: Dialect) {
    let id = request.text(dialect.id) ?? ""
    self.id = dialect.idAfter.map { id.replacing($0, with: "") } ?? id
    recipient = (request.text(dialect.recipient) ?? "").filter { "0"..."9" ~= $0 }
    template = request.text(dialect.template) ?? ""
    switch request.value(dialect.values) {
    case .array(let elements):
      let pointer = JSONPointer(dialect.value ?? "")
      values = elements.dropFirst(dialect.valuesFrom ?? 0).compactMap {
        pointer?.value(in: $0)?.text
      }
    case .object(let members):
      values = members.sorted { Int($0.key) ?? 0 < Int($1.key) ?? 0 }.compactMap(\.value.text)
    case .string(let text): values = [text]
    case .null, .bool, .integer, .number, nil: values = []
    }
  }

  /// What is noted of it.
  func received(status: Int) -> Received {
    Received(id: id, recipient: recipient, template: template, values: values, status: status)
  }

  /// Whether this is what was noted before.
  func isSame(as other: Received) -> Bool { received(status: other.status) == other }

  /// An answer's body with the names of this message filled in.
  func fill(_ body: JSONValue) -> JSONValue {
    switch body {
    case .string(let text):
      .string(
        text.replacing("{{id}}", with: id).replacing("{{recipient}}", with: recipient))
    case .array(let elements): .array(elements.map(fill))
    case .object(let members): .object(members.mapValues(fill))
    case .null, .bool, .integer, .number: body
    }
  }
}
