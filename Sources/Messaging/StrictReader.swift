/// One value of a document that a person wrote, with its place: reads what is there and complains
/// of everything that is not expected.
package struct StrictReader: Sendable {
  package let value: JSONValue
  package let file: String
  package let path: String

  package init(_ value: JSONValue, file: String, path: String = "") {
    self.value = value
    self.file = file
    self.path = path
  }

  /// An error at this place, or below it.
  package func error(_ problem: String) -> DocumentError {
    DocumentError(file: file, path: path, problem)
  }

  private func expected(_ what: String) -> DocumentError {
    error("expected \(what), found \(value.kind)")
  }

  /// The members of an object, all of them among `keys`.
  package func object(_ keys: [String]) throws(DocumentError) -> [String: StrictReader] {
    let members = try object()
    if let unknown = members.keys.sorted().first(where: { !keys.contains($0) }) {
      throw members[unknown, default: self].error(
        "unknown key; known here: \(keys.sorted().joined(separator: ", "))")
    }
    return members
  }

  /// The members of an object with free keys.
  package func object() throws(DocumentError) -> [String: StrictReader] {
    guard case .object(let members) = value else { throw expected("an object") }
    return Dictionary(
      uniqueKeysWithValues: members.map { key, value in
        (key, StrictReader(value, file: file, path: path.isEmpty ? key : "\(path).\(key)"))
      })
  }

  package func array() throws(DocumentError) -> [StrictReader] {
    guard case .array(let elements) = value else { throw expected("an array") }
    return elements.enumerated().map { index, element in
      StrictReader(element, file: file, path: "\(path)[\(index)]")
    }
  }

  /// A string that is not empty.
  package func string() throws(DocumentError) -> String {
    guard case .string(let text) = value else { throw expected("a string") }
    guard !text.isEmpty else { throw error("must not be empty") }
    return text
  }

  package func bool() throws(DocumentError) -> Bool {
    guard case .bool(let flag) = value else { throw expected("true or false") }
    return flag
  }

  /// One of a closed set of strings.
  package func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ type: Choice.Type = Choice.self
  ) throws(DocumentError) -> Choice {
    let names = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    guard case .string(let text) = value else { throw expected("one of \(names)") }
    guard let choice = Choice(rawValue: text) else {
      throw error("expected one of \(names), found \"\(text)\"")
    }
    return choice
  }

  /// A member that must be there.
  package func required(
    _ key: String, of members: [String: StrictReader]
  ) throws(DocumentError) -> StrictReader {
    guard let member = members[key] else { throw error("\"\(key)\" is missing") }
    return member
  }
}

extension JSONValue {
  /// What a person would call the value.
  fileprivate var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
