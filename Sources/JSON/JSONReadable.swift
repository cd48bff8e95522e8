/// A type that is read from JSON.
package protocol JSONReadable {
  /// Throws where something else stands there.
  init(json: JSONNode) throws(JSONMismatch)
}

/// What stands in a JSON text is not what is read there; nobody is told more.
package struct JSONMismatch: Error {
  package init() {}
}

extension JSONReadable {
  /// Reads a whole text; nil when it is no JSON, nested too deep, or something else.
  package init?(json text: ArraySlice<UInt8>) {
    do {
      try self.init(json: JSONDocument(text).root)
    } catch {
      return nil
    }
  }
}

/// An object's members: nil for one that is absent or null, an error for one that is something else.
extension JSONNode {
  package func text(_ name: String) throws(JSONMismatch) -> String? { try value(name) }

  package func integer(_ name: String) throws(JSONMismatch) -> Int? { try value(name) }

  package func bool(_ name: String) throws(JSONMismatch) -> Bool? { try value(name) }

  package func value<Value: JSONReadable>(
    _ name: String, as type: Value.Type = Value.self
  ) throws(JSONMismatch) -> Value? {
    guard let node = present(name) else { return nil }
    return try Value(json: node)
  }

  /// A member of any kind but null.
  package func present(_ name: String) -> JSONNode? {
    guard let node = self[name], node.kind != .null else { return nil }
    return node
  }
}

extension Optional {
  /// The value; a mismatch where there is none.
  package var orMismatch: Wrapped {
    get throws(JSONMismatch) {
      guard let self else { throw JSONMismatch() }
      return self
    }
  }
}

extension String: JSONReadable {
  package init(json: JSONNode) throws(JSONMismatch) { self = try json.text.orMismatch }
}

extension Bool: JSONReadable {
  package init(json: JSONNode) throws(JSONMismatch) { self = try json.bool.orMismatch }
}

extension Int: JSONReadable {
  package init(json: JSONNode) throws(JSONMismatch) {
    self = try json.integer.flatMap { Int(exactly: $0) }.orMismatch
  }
}

extension Array: JSONReadable where Element: JSONReadable {
  package init(json: JSONNode) throws(JSONMismatch) {
    self = try json.elements.orMismatch.map { node throws(JSONMismatch) in try Element(json: node) }
  }
}

extension Dictionary: JSONReadable where Key == String, Value: JSONReadable {
  /// An object; of two members with one name the first counts.
  package init(json: JSONNode) throws(JSONMismatch) {
    let members = try json.members.orMismatch.map { member throws(JSONMismatch) in
      (member.name, try Value(json: member.value))
    }
    self.init(members) { first, _ in first }
  }
}

extension JSONReadable where Self: RawRepresentable<String> {
  /// One of a closed set of words.
  package init(json: JSONNode) throws(JSONMismatch) {
    self = try json.text.flatMap(Self.init).orMismatch
  }
}
