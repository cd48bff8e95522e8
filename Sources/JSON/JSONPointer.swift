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
      case .array(let elements): elements.element(token)
      case .null, .bool, .integer, .number, .string, nil: nil
      }
    }
    return found == .null ? nil : found
  }

  /// The values at this place, where `*` stands for each element of an array; null is nothing. Names are
  /// compared byte by byte: as much work as the document is long.
  package func nodes(in document: JSONNode) -> [JSONNode] {
    let found = tokens.reduce([document]) { nodes, token in
      nodes.flatMap { node in
        guard let elements = node.elements else { return [node[token]].compactMap(\.self) }
        return token == "*" ? elements : [elements.element(token)].compactMap(\.self)
      }
    }
    return found.filter { $0.kind != .null }
  }
}

extension Array {
  fileprivate func element(_ token: String) -> Element? {
    Int(token).flatMap { indices.contains($0) ? self[$0] : nil }
  }
}

extension JSONValue {
  /// The value at a place that is named by a JSON pointer; nil when there is none, or null.
  package func at(_ pointer: String) -> JSONValue? { JSONPointer(pointer)?.value(in: self) }
}
