import JSON

/// The body of a provider's answer, which need not be JSON. Whatever a stranger wrote there, to look for
/// something takes no more work than it is long: names and texts are compared by their bytes, for what
/// merely looks alike is not told in linear time.
struct AnswerBody {
  private let bytes: [UInt8]
  /// Nil for what is no JSON.
  private let document: JSONNode?

  /// Reads a body.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    do {
      document = try JSONDocument(bytes[...]).root
    } catch {
      document = nil
    }
  }

  /// Whether it begins as JSON and is none: the rest did not come, or cannot be read. Of a body without
  /// a length, and of a packed one, nothing else tells.
  var breaksOff: Bool {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    let first = text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return document == nil && (first == UInt8(ascii: "{") || first == UInt8(ascii: "["))
  }

  /// Whether anything stands at a place.
  func has(_ pointer: JSONPointer) -> Bool { !nodes(pointer).isEmpty }

  /// Whether one of these values stands at a place.
  func has(_ values: [JSONValue], at pointer: JSONPointer) -> Bool {
    nodes(pointer).contains { node in values.contains(where: node.isSame) }
  }

  /// Whether a text stands anywhere.
  func holds(_ text: String) -> Bool { !text.isEmpty && bytes.contains(Array(text.utf8)) }

  /// The text, number or boolean at a place as one clean line of bounded length.
  func word(at pointer: JSONPointer) -> String? {
    nodes(pointer).lazy.compactMap { node in
      node.scalar?.text.flatMap { Values.clean($0, longest: Delivery.longest) }
    }.first
  }

  /// The value at a place that a further request needs; nil for a text that no request should carry.
  func value(at pointer: JSONPointer) -> JSONValue? {
    nodes(pointer).lazy.compactMap { node in
      do {
        return try JSONValue(json: node)
      } catch {
        return nil
      }
    }.first { ($0.text?.utf8.count ?? 0) <= Self.longestValue }
  }

  /// Bytes of a text that is handed on; a token of some providers has two thousand.
  private static let longestValue = 4_096

  private func nodes(_ pointer: JSONPointer) -> [JSONNode] { document.map(pointer.nodes) ?? [] }
}

extension JSONNode {
  /// A text, number or boolean; nil for anything else.
  fileprivate var scalar: JSONValue? {
    switch kind {
    case .array, .object, .null: nil
    case .yes, .no: bool.map(JSONValue.bool)
    case .number: integer.map(JSONValue.integer) ?? double.map(JSONValue.number)
    case .string: text.map(JSONValue.string)
    }
  }

  /// Whether it is this value, which a profile wrote.
  fileprivate func isSame(as value: JSONValue) -> Bool {
    switch value {
    case .string(let wanted): text?.utf8.elementsEqual(wanted.utf8) ?? false
    case .null, .bool, .integer, .number: scalar == value
    case .array(let wanted):
      elements.map { $0.count == wanted.count && zip($0, wanted).allSatisfy { $0.isSame(as: $1) } }
        ?? false
    case .object(let wanted):
      members?.count == wanted.count
        && wanted.allSatisfy { self[$0.key]?.isSame(as: $0.value) ?? false }
    }
  }
}
