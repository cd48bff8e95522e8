import Glibc

/// One value of a document that a person wrote, with its place: reads what is there and complains
/// of everything that is not expected.
package struct StrictReader: Sendable {
  /// The value itself.
  package let value: JSONValue
  /// The document's file, for errors.
  package let file: String
  /// `provider.settings.sender`, `messages[2].when`; empty for the whole document.
  package let path: String

  /// Bytes that a document may have: far beyond what a person writes.
  private static let limit = 65_536

  package init(_ value: JSONValue, file: String, path: String = "") {
    self.value = value
    self.file = file
    self.path = path
  }

  /// Parses a document that a person wrote: JSON5, so that it can hold comments.
  ///
  /// - Throws: an error that names the line and the column where the syntax breaks.
  package init(json5 text: [UInt8], file: String) throws(DocumentError) {
    let bytes = text[...].withoutByteOrderMark
    guard bytes.count <= Self.limit else {
      throw DocumentError(
        file: file, path: "", "expected at most \(Self.limit) bytes, found \(bytes.count)")
    }
    do {
      self.init(try JSONValue(json: JSONDocument(bytes, .json5).root), file: file)
    } catch let error as JSONSyntaxError {
      throw DocumentError(file: file, path: "", error.problem(in: bytes))
    } catch {
      throw DocumentError(file: file, path: "", "cannot be read")
    }
  }

  /// Reads and parses a file.
  package init(json5File file: String) throws(DocumentError) {
    let bytes = try StrictReader(.null, file: file).contents(of: file)
    try self.init(json5: bytes, file: file)
  }

  /// The bytes of a file that this place names.
  package func contents(of file: String) throws(DocumentError) -> [UInt8] {
    var (bytes, part) = ([UInt8](), [UInt8](repeating: 0, count: 16_384))
    let stream = fopen(file, "re")
    defer { if let stream { fclose(stream) } }
    while let stream {
      let count = fread(&part, 1, part.count, stream)
      bytes += part[..<count]
      guard count < part.count else { continue }
      if ferror(stream) == 0 { return bytes }
      break
    }
    throw error("cannot read \(file): make it a file that this user may read")
  }

  /// An error at this place.
  package func error(_ problem: String) -> DocumentError {
    DocumentError(file: file, path: path, problem)
  }

  /// That something else stands here than is expected, and what kind of thing.
  package func expected(_ what: String) -> DocumentError {
    error("expected \(what), found \(value.kind)")
  }

  /// All values in here that hold no others, an object's by the order of their keys.
  package var leaves: [StrictReader] {
    children.isEmpty ? [self] : children.flatMap(\.value.leaves)
  }

  private var children: [(key: String, value: StrictReader)] {
    switch value {
    case .object(let members):
      members.sorted { $0.key < $1.key }.map { key, value in
        (key, StrictReader(value, file: file, path: path.isEmpty ? key : "\(path).\(key)"))
      }
    case .array(let elements):
      elements.enumerated().map { index, element in
        ("\(index)", StrictReader(element, file: file, path: "\(path)[\(index)]"))
      }
    case .null, .bool, .integer, .number, .string: []
    }
  }

  /// The members of an object with free keys, sorted by key.
  package func entries() throws(DocumentError) -> [(key: String, value: StrictReader)] {
    guard case .object = value else { throw expected("an object") }
    return children
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
    guard case .array = value else { throw expected("an array") }
    return try children.map { element throws(DocumentError) in try read(element.value) }
  }

  /// The members of an object with free keys, each read by `read`.
  package func dictionary<Value>(
    _ read: (StrictReader) throws(DocumentError) -> Value
  ) throws(DocumentError) -> [String: Value] {
    let members = try entries().map { entry throws(DocumentError) in
      (entry.key, try read(entry.value))
    }
    return Dictionary(uniqueKeysWithValues: members)
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
