/// One value of a document that a person wrote, with its place: reads what is there and complains
/// of everything that is not expected.
package struct StrictReader: Sendable {
  /// The value itself.
  package let value: JSONValue
  /// The document's file, for errors.
  package let file: String
  /// `provider.settings.sender`, `messages[2].when`; empty for the whole document.
  package let path: String

  /// A value at a place.
  package init(_ value: JSONValue, file: String, path: String = "") {
    self.value = value
    self.file = file
    self.path = path
  }

  /// An error at this place.
  package func error(_ problem: String) -> DocumentError {
    DocumentError(file: file, path: path, problem)
  }

  private func expected(_ what: String) -> DocumentError {
    error("expected \(what), found \(value.kind)")
  }

  /// The members of an object with free keys, sorted by key.
  package func entries() throws(DocumentError) -> [(key: String, value: StrictReader)] {
    guard case .object(let members) = value else { throw expected("an object") }
    return members.sorted { $0.key < $1.key }.map { key, value in
      let path = path.isEmpty ? key : "\(path).\(key)"
      return (key, StrictReader(value, file: file, path: path))
    }
  }

  /// The members of an object, all of them among `keys`.
  package func members(_ keys: [String]) throws(DocumentError) -> Members {
    let entries = try entries()
    if let unknown = entries.first(where: { !keys.contains($0.key) }) {
      throw unknown.value.error("unknown key; known here: \(keys.sorted().joined(separator: ", "))")
    }
    return Members(reader: self, members: Dictionary(uniqueKeysWithValues: entries))
  }

  /// The members of an object by key.
  package struct Members {
    fileprivate let reader: StrictReader
    fileprivate let members: [String: StrictReader]

    /// The member, if it is there.
    package subscript(key: String) -> StrictReader? { members[key] }

    /// A member that must be there.
    package func required(_ key: String) throws(DocumentError) -> StrictReader {
      guard let member = members[key] else { throw reader.error("\"\(key)\" is missing") }
      return member
    }
  }

  /// The elements of an array, each read by `read`.
  package func list<Element>(
    _ read: (StrictReader) throws(DocumentError) -> Element
  ) throws(DocumentError) -> [Element] {
    guard case .array(let elements) = value else { throw expected("an array") }
    var list: [Element] = []
    for (index, element) in elements.enumerated() {
      list.append(try read(StrictReader(element, file: file, path: "\(path)[\(index)]")))
    }
    return list
  }

  /// The members of an object with free keys, each read by `read`.
  package func dictionary<Value>(
    _ read: (StrictReader) throws(DocumentError) -> Value
  ) throws(DocumentError) -> [String: Value] {
    var dictionary: [String: Value] = [:]
    for (key, value) in try entries() { dictionary[key] = try read(value) }
    return dictionary
  }

  /// A string that is not empty.
  package func string() throws(DocumentError) -> String {
    guard case .string(let text) = value else { throw expected("a string") }
    guard !text.allSatisfy(\.isWhitespace) else { throw error("must not be empty") }
    return text
  }

  /// True or false, and nothing that resembles them.
  package func bool() throws(DocumentError) -> Bool {
    guard case .bool(let flag) = value else { throw expected("true or false") }
    return flag
  }

  /// A string that is not empty, a number, true or false.
  package func scalar() throws(DocumentError) -> JSONValue {
    guard let text = value.text, !text.isEmpty else {
      throw error("expected a string, a number, true or false")
    }
    return value
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
