/// Text in Windows-1252, of which Latin-1's letters are a part, as old middleware writes it.
enum Windows1252 {
  /// The text in UTF-8; nil for what is UTF-8 already, and for what is rather UTF-8 with broken
  /// characters in it: some of its characters are whole, or its bytes make no sense as letters.
  static func utf8(_ bytes: [UInt8]) -> [UInt8]? {
    guard String(validating: bytes, as: UTF8.self) == nil, !holdsUTF8(bytes),
      bytes.indices.allSatisfy({ bytes[$0] < 0x80 || isPlausible(bytes, at: $0) })
    else { return nil }
    return Array(String(String.UnicodeScalarView(bytes.map(scalar))).utf8)
  }

  /// Whether some character that is not ASCII is whole in UTF-8.
  private static func holdsUTF8(_ bytes: [UInt8]) -> Bool {
    var (decoder, iterator) = (UTF8(), bytes.makeIterator())
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): if scalar.value >= 0x80 { return true }
      case .error: continue
      case .emptyInput: return false
      }
    }
  }

  /// Whether a Western European would write this here: small letters anywhere, capital ones not behind
  /// small ones, other signs not inside a word. `þ` and `ÿ` are far likelier broken bytes.
  private static func isPlausible(_ bytes: [UInt8], at index: Int) -> Bool {
    let before = index > 0 ? scalar(bytes[index - 1]).properties : nil
    let behind = index + 1 < bytes.count ? scalar(bytes[index + 1]).properties : nil
    let this = scalar(bytes[index])
    switch this.properties.generalCategory {
    case .control, .openPunctuation: return false
    case .lowercaseLetter: return this != "þ" && this != "ÿ"
    case .uppercaseLetter: return before?.isLowercase != true
    default:
      let isInside = before?.isAlphabetic == true && behind?.isAlphabetic == true
      return !isInside || this == "\u{2019}" || this == "´"
    }
  }

  private static func scalar(_ byte: UInt8) -> Unicode.Scalar {
    0x80..<0xA0 ~= byte ? signs[Int(byte) - 0x80] : Unicode.Scalar(byte)
  }

  /// What stands between 0x80 and 0x9F; control characters for the five that mean nothing.
  private static let signs: [Unicode.Scalar] = [
    "\u{20AC}", "\u{81}", "\u{201A}", "\u{192}", "\u{201E}", "\u{2026}", "\u{2020}", "\u{2021}",
    "\u{2C6}", "\u{2030}", "\u{160}", "\u{2039}", "\u{152}", "\u{8D}", "\u{17D}", "\u{8F}",
    "\u{90}", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{2022}", "\u{2013}", "\u{2014}",
    "\u{2DC}", "\u{2122}", "\u{161}", "\u{203A}", "\u{153}", "\u{9D}", "\u{17E}", "\u{178}",
  ]
}
