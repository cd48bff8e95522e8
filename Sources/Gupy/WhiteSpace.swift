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
}

extension String {
  /// Whether there is nothing in it that anybody sees.
  var isBlank: Bool { unicodeScalars.allSatisfy { $0.isWhiteSpace || $0.isInvisible } }

  /// The text without white space, and what nobody sees, around it.
  var trimmed: String {
    let isBlank = { (scalar: Unicode.Scalar) in scalar.isWhiteSpace || scalar.isInvisible }
    let rest = unicodeScalars.drop(while: isBlank)
    return String(
      rest[..<(rest.lastIndex { !isBlank($0) }.map(rest.index(after:)) ?? rest.startIndex)])
  }
}
