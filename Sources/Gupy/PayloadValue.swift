import JSON

/// What stands at one place of the payload, read so that nothing in it can fail the whole: a lone
/// surrogate (`"\ud83d"`) or an id of `1e400` is its own mistake, and the values beside it stay.
struct PayloadValue: Equatable, Sendable {
  /// A string in which something can be seen, without the characters that cannot be read; or a
  /// number's digits.
  var text: String?
  /// `unreadable` for a string that is not whole, an object, a list, a truth value, and a number that
  /// is out of range; `tooLong` for a string of more than `longest` bytes.
  var problem: WebhookEvent.Problem.Kind?

  /// Null, an absent field, an empty or blank string.
  static let nothing = Self()

  /// Bytes of UTF-8 that a text may have; all that Gupy's forms let in is far shorter.
  private static let longest = 4_096

  /// All that stands at a place, in the text's order: one value for each way to get there, where some
  /// member on it has more than one value. Of these the last counts.
  ///
  /// It is `nothing` where a way ends early at nothing, and unreadable where something else than an
  /// object stands in it.
  static func all(in node: JSONNode, at place: [String]) -> [PayloadValue] {
    var values: [PayloadValue] = []
    add(node, place[...], to: &values)
    return values
  }

  private static func add(
    _ node: JSONNode, _ place: ArraySlice<String>, to values: inout [PayloadValue]
  ) {
    guard let name = place.first else { return values.append(Self(node)) }
    guard node.kind == .object else {
      return values.append(Self(node) == .nothing ? .nothing : Self(problem: .unreadable))
    }
    let nodes = node.values(of: name)
    if nodes.isEmpty { values.append(.nothing) }
    for node in nodes { add(node, place.dropFirst(), to: &values) }
  }

  /// Whether both mean one thing byte by byte: Unicode's equal spellings are two ids.
  func isSame(as other: Self) -> Bool {
    problem == other.problem && text.map { Array($0.utf8) } == other.text.map { Array($0.utf8) }
  }
}

extension PayloadValue {
  private init(_ node: JSONNode) {
    switch node.kind {
    case .null: self = .nothing
    case .string: self = node.readable.map(Self.init) ?? Self(problem: .unreadable)
    case .number:
      let digits = Self.digits(of: node)
      self.init(text: digits, problem: digits == nil ? .unreadable : nil)
    case .yes, .no, .array, .object: self.init(problem: .unreadable)
    }
  }

  private init(_ string: JSONText) {
    let (text, isBlank) = (string.text, string.text.isBlank)
    if string.length > Self.longest {
      self.init(problem: .tooLong)
    } else {
      // A text that is shorter than it was had too many marks in a row.
      let isAsSent = string.isWhole && (isBlank || text.utf8.count == string.length)
      self.init(text: isBlank ? nil : text, problem: isAsSent ? nil : .unreadable)
    }
  }

  /// The digits of a number: `6.12E8` is `612000000`.
  private static func digits(of number: JSONNode) -> String? {
    guard let double = number.double else { return nil }
    guard double == double.rounded() else { return "\(double)" }
    return number.integer.map { String($0) }
  }
}
