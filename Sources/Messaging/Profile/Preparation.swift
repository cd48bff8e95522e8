import JSON

/// A request before the one that sends, and what its answer gives to that one: an account's
/// identity by its phone number, for instance. It sends no message.
struct Preparation: Equatable, Sendable {
  let call: Call
  /// For each name the places where its value may stand; the first that is there counts.
  private let take: [String: [JSONPointer]]

  /// Reads the request and its `take` strictly.
  init(_ reader: StrictReader) throws(DocumentError) {
    call = try Call(reader, beside: ["take"])
    let members = try reader.members(Call.keys + ["take"])
    take = try members.required("take").dictionary { value throws(DocumentError) in
      try value.pointers()
    }
  }

  /// The names of the placeholders that it fills: `prepare.identity`.
  var names: Set<String> { Set(take.keys.map { "prepare." + $0 }) }

  /// What an answer gives, by placeholder; nil when something of it is not there.
  func values(in answer: AnswerBody) -> [String: JSONValue]? {
    var values: [String: JSONValue] = [:]
    for (name, places) in take {
      guard let found = places.lazy.compactMap(answer.value).first else { return nil }
      values["prepare." + name] = found
    }
    return values
  }
}
