/// A place in a JSON document (RFC 6901): `/messages/0/status/groupId`.
package struct JSONPointer: Hashable, Sendable {
  private let tokens: [String]

  /// Nil when the text is neither empty nor starts with a slash.
  package init?(_ text: String) {
    guard text.isEmpty || text.first == "/" else { return nil }
    tokens = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
      String($0).replacing("~1", with: "/").replacing("~0", with: "~")
    }
  }

  /// The value at this place; nil when there is none, or null.
  package func value(in document: JSONValue) -> JSONValue? {
    let found = tokens.reduce(document as JSONValue?) { value, token in
      switch value {
      case .object(let members): members[token]
      case .array(let elements): Int(token).flatMap { $0 < 0 ? nil : elements.dropFirst($0).first }
      case .null, .bool, .integer, .number, .string, nil: nil
      }
    }
    return found == .null ? nil : found
  }

  /// The values at this place, where `*` stands for each element of an array; null is nothing. Names are
  /// compared byte by byte: as much work as the document is long.
  package func nodes(in document: JSONNode) -> [JSONNode] {
    let found = tokens.reduce([document]) { nodes, token in nodes.flatMap { $0.nodes(token) } }
    return found.filter { $0.kind != .null }
  }
}

extension JSONNode {
  /// The values one step further inside.
  fileprivate func nodes(_ token: String) -> [JSONNode] {
    guard let elements else { return [self[token]].compactMap(\.self) }
    if token == "*" { return elements }
    guard let index = Int(token), elements.indices.contains(index) else { return [] }
    return [elements[index]]
  }
}
