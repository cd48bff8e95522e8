import CZlib

/// A body in UTF-8, whatever the sender, or something between, has made of it: packed by gzip, in
/// UTF-16, or in Windows-1252, which is Latin-1 with quotation marks and dashes.
///
/// `Content-Type` and `Content-Encoding` are not asked: Gupy's are not to be relied on, and the bytes
/// tell it themselves. What is none of these stays as it is.
package struct BodyText: Sendable {
  /// The text. Half a surrogate pair has become a byte that is not UTF-8.
  package let utf8: [UInt8]

  /// Reads a body of up to `Gzip.longest` bytes when unpacked.
  package init(_ body: [UInt8]) {
    let bytes = Gzip.isMember(body) ? Gzip.contents(of: body) ?? body : body
    utf8 = Self.fromUTF16(bytes) ?? Windows1252.utf8(bytes) ?? bytes
  }

  /// Nil for what is not UTF-16: it begins with a byte order mark, or, as JSON begins with ASCII, its
  /// first or second byte is 0 (RFC 4627 §3).
  private static func fromUTF16(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count >= 2, bytes.count.isMultiple(of: 2) else { return nil }
    switch (bytes[0], bytes[1]) {
    case (0xFF, 0xFE): return utf8(bytes.dropFirst(2), low: 0)
    case (0xFE, 0xFF): return utf8(bytes.dropFirst(2), low: 1)
    case (0, 1...): return utf8(bytes[...], low: 1)
    case (1..., 0): return utf8(bytes[...], low: 0)
    default: return nil
    }
  }

  /// - Parameter low: which of a unit's two bytes is the lower one.
  private static func utf8(_ bytes: ArraySlice<UInt8>, low: Int) -> [UInt8] {
    let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { index in
      UInt16(bytes[index + 1 - low]) << 8 | UInt16(bytes[index + low])
    }
    var (text, decoder, iterator) = ([UInt8](), UTF16(), units.makeIterator())
    text.reserveCapacity(units.count)
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): text += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      case .error: text.append(0xFF)
      case .emptyInput: return text
      }
    }
  }
}

/// One member of a gzip file (RFC 1952), unpacked within bounds.
///
/// The corresponding C functions are zlib's `inflateInit2` and `inflate`.
private enum Gzip {
  /// Bytes that a member may have when it is unpacked, as many as a body may have.
  static let longest = 1_048_576

  /// Whether the bytes begin as a member does.
  static func isMember(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B, 8]) }

  /// What is packed; nil for what is broken, has anything behind its end, or is longer than `longest`.
  static func contents(of bytes: [UInt8]) -> [UInt8]? {
    let contents = [UInt8](unsafeUninitializedCapacity: longest) { room, count in
      count = max(0, czlib_gunzip(bytes, bytes.count, room.baseAddress, room.count))
    }
    return contents.isEmpty ? nil : contents
  }
}

/// Text in Windows-1252, of which Latin-1's letters are a part, as old middleware writes it.
private enum Windows1252 {
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
