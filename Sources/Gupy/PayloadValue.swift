import JSON

/// What stands at one place of the payload, read so that nothing in it can fail the whole: a lone
/// surrogate (`"\ud83d"`) or an id of `1e400` is `unreadable`, and the values beside it stay.
enum PayloadValue: Sendable {
  /// A string that is not blank, as sent, or a number's digits.
  case text(String)
  /// Nothing: null, an absent field, an empty or blank string.
  case nothing
  /// An object, a list, a truth value, a broken string, a number that is out of range.
  case unreadable

  /// What stands at `path`: `nothing` when the path ends early at nothing, `unreadable` when
  /// something else than an object stands in its way.
  init(in root: JSONNode, at path: [PayloadField]) {
    var node = root
    for field in path {
      guard node.kind == .object else {
        self = Self(node).isNothing ? .nothing : .unreadable
        return
      }
      guard let value = node[field.rawValue] else {
        self = .nothing
        return
      }
      node = value
    }
    self.init(node)
  }

  private init(_ node: JSONNode) {
    switch node.kind {
    case .null: self = .nothing
    case .string: self = node.text.map(Self.init) ?? .unreadable
    case .number: self = Self.digits(of: node).map { .text($0) } ?? .unreadable
    case .yes, .no, .array, .object: self = .unreadable
    }
  }

  private init(_ text: String) {
    self = text.unicodeScalars.allSatisfy(\.isWhiteSpace) ? .nothing : .text(text)
  }

  /// The digits of a number: `6.12E8` is `612000000`.
  private static func digits(of number: JSONNode) -> String? {
    guard let double = number.double else { return nil }
    guard double == double.rounded() else { return "\(double)" }
    return number.integer.map { String($0) }
  }

  private var isNothing: Bool {
    switch self {
    case .nothing: true
    case .text, .unreadable: false
    }
  }
}
