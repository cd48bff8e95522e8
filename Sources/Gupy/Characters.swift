import JSON

extension Unicode.Scalar {
  /// Whether it is white space by Unicode's property. For ASCII its table need not be asked.
  var isWhiteSpace: Bool {
    value < 0x80 ? value == 0x20 || 0x09...0x0D ~= value : properties.isWhitespace
  }

  /// Whether nobody sees it: a control or format character, a variation selector, a filler, the
  /// Braille pattern without dots.
  var isInvisible: Bool {
    guard value >= 0x80 else { return value < 0x20 || value == 0x7F }
    switch properties.generalCategory {
    case .control, .format: return true
    default: return properties.isDefaultIgnorableCodePoint || value == 0x2800
    }
  }

  fileprivate var isBlank: Bool { isWhiteSpace || isInvisible }
}

extension String {
  /// Whether there is nothing in it that anybody sees.
  var isBlank: Bool { unicodeScalars.allSatisfy(\.isBlank) }

  /// The text without white space, and what nobody sees, around it.
  package var trimmed: String { String(trimming(\.isBlank)) }

  /// The text between white space, without what nobody sees.
  var visibleWords: [String] {
    unicodeScalars.filter { $0.isWhiteSpace || !$0.isInvisible }
      .split(whereSeparator: \.isWhiteSpace).map { String($0) }
  }

  fileprivate func trimming(_ isOutside: (Unicode.Scalar) -> Bool) -> Substring {
    let rest = unicodeScalars.drop(while: isOutside)
    let end = rest.lastIndex { !isOutside($0) }.map(rest.index(after:)) ?? rest.startIndex
    return Substring(rest[..<end])
  }
}

extension Int64 {
  /// Reads ASCII digits, with white space around them; nil for anything else, also for the signs
  /// that `Int64(_:)` takes, and beyond 2^63−1.
  init?(digits text: String) {
    let digits = text.trimming(\.isWhiteSpace)
    guard digits.utf8.first?.isASCIIDigit == true else { return nil }
    self.init(digits)
  }
}

/// How people, keyboards and spreadsheets write numbers.
extension Unicode.Scalar {
  /// 0 to 9 for a decimal digit of any script, so for full-width ones too.
  var decimalDigit: UInt8? {
    guard value >= 0x80 else {
      return 0x30...0x39 ~= value ? UInt8(value - 0x30) : nil
    }
    guard properties.numericType == .decimal else { return nil }
    return properties.numericValue.map { UInt8($0) }
  }

  /// Whether it may stand between the digits of one number and means nothing: a dash, a dot, a slash,
  /// a quotation mark or apostrophe, white space, what nobody sees.
  var isDigitPunctuation: Bool {
    switch properties.generalCategory {
    case .dashPunctuation, .initialPunctuation, .finalPunctuation, .control, .format: true
    default: isWhiteSpace || Self.digitPunctuation.contains(self) || isInvisible
    }
  }

  /// Dots, slashes, quotation marks, and minus signs, which Unicode does not take for dashes.
  private static let digitPunctuation = Set(
    "./'\"`´·•․。．／∕⁄＇＂\u{2212}\u{2796}\u{2D7}\u{207B}\u{208B}\u{2043}ーｰ".unicodeScalars)
}
