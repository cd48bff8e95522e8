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
