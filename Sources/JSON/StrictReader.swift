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

  /// The first place in here whose text, or a key on the way to it, holds `text`; this place when
  /// there is none.
  package func place(of text: String) -> StrictReader {
    leaves.first { $0.path.contains(text) || $0.value.text?.contains(text) == true } ?? self
  }

  private var leaves: [StrictReader] {
    switch value {
    case .object(let members): children(members).flatMap(\.value.leaves)
    case .array(let elements): children(elements).flatMap(\.leaves)
    case .null, .bool, .integer, .number, .string: [self]
    }
  }

  private func children(_ elements: [JSONValue]) -> [StrictReader] {
    elements.enumerated().map { StrictReader($1, file: file, path: "\(path)[\($0)]") }
  }

  private func children(_ members: [String: JSONValue]) -> [(key: String, value: StrictReader)] {
    members.sorted { $0.key < $1.key }.map { key, value in
      (key, StrictReader(value, file: file, path: path.isEmpty ? key : "\(path).\(key)"))
    }
  }

  /// That something else stands here than is expected, and what kind of thing.
  package func expected(_ what: String) -> DocumentError {
    error("expected \(what), found \(value.kind)")
  }

  /// The members of an object with free keys, sorted by key.
  package func entries() throws(DocumentError) -> [(key: String, value: StrictReader)] {
    guard case .object(let members) = value else { throw expected("an object") }
    return children(members)
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
    for element in children(elements) { list.append(try read(element)) }
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
