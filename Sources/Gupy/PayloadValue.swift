import JSON

/// What stands at one place of the payload, read so that nothing in it can fail the whole: a lone
/// surrogate (`"\ud83d"`) or an id of `1e400` is its own mistake, and the values beside it stay.
enum PayloadValue: Equatable, Sendable {
  /// A string in which something can be seen, as sent, or a number's digits.
  case text(String)
  /// The same without the characters that cannot be read, or are too many marks in a row.
  case damaged(String)
  /// Nothing: null, an absent field, an empty or blank string.
  case nothing
  /// An object, a list, a truth value, a string of nothing but broken characters, a number that is out
  /// of range.
  case unreadable
  /// A string of more than `longest` bytes.
  case tooLong

  /// Bytes of UTF-8 that a text may have; all that Gupy's forms let in is far shorter.
  static let longest = 4_096

  /// What stands at `path`, of members with one name at the last: `nothing` when the path ends early
  /// at nothing, `unreadable` when something else than an object stands in its way.
  init(in root: JSONNode, at path: some Sequence<PayloadField>) {
    var node = root
    for field in path {
      guard node.kind == .object else {
        self = Self(node) == .nothing ? .nothing : .unreadable
        return
      }
      guard let value = node.values(of: field.rawValue).last else {
        self = .nothing
        return
      }
      node = value
    }
    self.init(node)
  }

  /// What stands at `path` wherever some member on it has more than one value: one value for each way
  /// to get there.
  static func all(in root: JSONNode, at path: some Sequence<PayloadField>) -> [PayloadValue] {
    var (nodes, ends) = ([root], [PayloadValue]())
    for field in path {
      var next: [JSONNode] = []
      for node in nodes {
        let values = node.values(of: field.rawValue)
        if values.isEmpty { ends.append(Self(in: node, at: [field])) }
        next += values
      }
      nodes = next
    }
    return ends + nodes.map(Self.init)
  }

  private init(_ node: JSONNode) {
    switch node.kind {
    case .null: self = .nothing
    case .string: self = node.readable.map(Self.init) ?? .unreadable
    case .number: self = Self.digits(of: node).map { .text($0) } ?? .unreadable
    case .yes, .no, .array, .object: self = .unreadable
    }
  }

  private init(_ string: JSONText) {
    if string.length > Self.longest {
      self = .tooLong
    } else if string.text.isBlank {
      self = string.isWhole ? .nothing : .unreadable
    } else {
      let isAsSent = string.isWhole && string.text.utf8.count == string.length
      self = isAsSent ? .text(string.text) : .damaged(string.text)
    }
  }

  /// The digits of a number: `6.12E8` is `612000000`.
  private static func digits(of number: JSONNode) -> String? {
    guard let double = number.double else { return nil }
    guard double == double.rounded() else { return "\(double)" }
    return number.integer.map { String($0) }
  }
}

extension PayloadValue {
  /// Whether both mean one thing byte by byte: Unicode's equal spellings are two ids.
  func isSame(as other: PayloadValue) -> Bool {
    switch (self, other) {
    case (.text(let text), .text(let other)), (.damaged(let text), .damaged(let other)):
      text.utf8.elementsEqual(other.utf8)
    default: self == other
    }
  }
}
