/// What is to be dialed, out of what somebody wrote: digits of any script, with spaces, dashes, dots,
/// slashes, brackets, quotation marks and what nobody sees between them.
///
/// Before them may stand a label or scheme (`tel:`, RFC 3966; `whatsapp:`), behind them parameters
/// (`;ext=12`); `0xx11` and `0**11` leave the carrier open.
struct DialedNumber {
  /// ASCII digits, from the country code on where it is international.
  private(set) var digits = ""
  /// Whether a `+`, or the `00` that stands for it, was before the digits.
  private(set) var isInternational = false
  /// Which of `digits` stand in brackets of their own, as in `+44 (0)7911`.
  private(set) var brackets: [Range<Int>] = []
  /// Whether `00` was before the digits.
  private var isByPrefix = false

  /// Nil where anything else stands, or a `+` that is not at the beginning.
  init?(_ text: String) {
    guard let signs = Self.signs(of: text) else { return nil }
    var open: Int?
    for sign in signs {
      switch sign {
      case "+" where digits.isEmpty && !isInternational: isInternational = true
      case "(": open = digits.utf8.count
      case ")":
        if let start = open { brackets.append(start..<digits.utf8.count) }
        open = nil
      case "0"..."9": digits.unicodeScalars.append(sign)
      default: return nil
      }
    }
    if digits.hasPrefix("00") { drop(2) }
  }

  private mutating func drop(_ count: Int) {
    digits.removeFirst(count)
    isInternational = true
    isByPrefix = true
    brackets = brackets.filter { $0.lowerBound >= count }
      .map { $0.lowerBound - count..<$0.upperBound - count }
  }

  /// The number without two digits more behind the `00`; nil where a `+` was there.
  var withoutCarrier: DialedNumber? {
    guard isByPrefix, digits.utf8.count > 2, !digits.hasPrefix("0") else { return nil }
    var number = self
    number.drop(2)
    return number
  }
}

extension DialedNumber {
  /// The text in digits, `+` and brackets alone; nil where a letter or anything else is left.
  private static func signs(of text: String) -> [Unicode.Scalar]? {
    var signs = text.unicodeScalars.compactMap(Self.sign).filter { $0 != " " }
    if let label = signs.firstIndex(of: ":") {
      guard signs[..<label].allSatisfy(\.isLetter) else { return nil }
      signs.removeSubrange(...label)
    }
    if let parameters = signs.firstIndex(of: ";") {
      guard signs[parameters...].dropFirst().first?.isLetter == true else { return nil }
      signs.removeSubrange(parameters...)
    }
    return withoutOpenCarrier(signs)
  }

  private static func withoutOpenCarrier(_ signs: [Unicode.Scalar]) -> [Unicode.Scalar] {
    let places = signs.indices.dropLast(2).prefix(6)
    let place = places.first { place in
      signs[place] == "0" && signs[place + 1] == signs[place + 2]
        && ["x", "X", "*"].contains(signs[place + 1])
    }
    return place.map { Array(signs[...$0] + signs[($0 + 3)...]) } ?? signs
  }

  /// One sign for all that mean the same; a space for what means nothing.
  private static func sign(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if let digit = scalar.decimalDigit { return Unicode.Scalar(0x30 + digit) }
    switch scalar.properties.generalCategory {
    case .openPunctuation: return "("
    case .closePunctuation: return ")"
    case .enclosingMark: return " "
    default: break
    }
    switch scalar {
    case "+", "＋", "﹢", "⁺": return "+"
    case "：", ":": return ":"
    case "；", ";": return ";"
    default: return scalar.isDigitPunctuation ? " " : scalar
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isLetter: Bool { properties.isAlphabetic }
}
