/// What stands for what inside a JSON string (RFC 8259 §7).
package enum JSONEscapes {
  /// The text of the bytes between two quotes, without what cannot be read: an unknown escape, half a
  /// surrogate pair, a bare control character, and what is not UTF-8.
  static func text(of bytes: UnsafeBufferPointer<UInt8>) -> JSONText {
    var rest = Array(bytes)[...]
    var (text, isWhole) = ([UInt8](), true)
    while let byte = rest.popFirst() {
      if byte != UInt8(ascii: "\\"), byte >= 0x20 {
        text.append(byte)
      } else if byte >= 0x20, let scalar = scalar(&rest) {
        text += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      } else {
        isWhole = false
      }
    }
    return JSONText(text, isWhole: isWhole)
  }

  private static func scalar(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
    switch rest.popFirst() {
    case UInt8(ascii: "\""): "\""
    case UInt8(ascii: "\\"): "\\"
    case UInt8(ascii: "/"): "/"
    case UInt8(ascii: "b"): "\u{8}"
    case UInt8(ascii: "f"): "\u{C}"
    case UInt8(ascii: "n"): "\n"
    case UInt8(ascii: "r"): "\r"
    case UInt8(ascii: "t"): "\t"
    case UInt8(ascii: "u"): unicode(&rest)
    default: nil
    }
  }

  private static func unicode(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard let first = unit(&rest) else { return nil }
    guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) }
    // What follows half a pair is read by itself, unless it is the other half.
    var behind = rest
    guard behind.popFirst() == UInt8(ascii: "\\"), behind.popFirst() == UInt8(ascii: "u"),
      let second = unit(&behind), UTF16.isTrailSurrogate(second)
    else { return nil }
    rest = behind
    return UTF16.decode(UTF16.EncodedScalar([first, second]))
  }

  private static func unit(_ rest: inout ArraySlice<UInt8>) -> UInt16? {
    let digits = rest.prefix(4).prefix { Character(Unicode.Scalar($0)).isHexDigit }
    rest = rest[digits.endIndex...]
    guard digits.count == 4 else { return nil }
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  /// Appends a text as a JSON string, with its quotes. Slashes are not escaped.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { text in
      var index = 0
      while index < text.count {
        let end = endOfPlain(text, from: index)
        bytes.append(contentsOf: text[index..<end])
        if end < text.count { append(text[end], to: &bytes) }
        index = end + 1
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// The index of the first byte, from `start` on, that may stand for something else: a quote, a
  /// backslash, a control character, and all that is not ASCII.
  ///
  /// Eight bytes at a time: a subtraction sets the highest bit of a byte that is less, and of bytes
  /// behind it alone (S. E. Anderson, Bit Twiddling Hacks, “Determine if a word has a byte less than
  /// n”).
  package static func endOfPlain(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index + 8 <= bytes.count {
      let word = UInt64(
        littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(
          fromByteOffset: index, as: UInt64.self))
      let quotes = (word ^ (each &* UInt64(UInt8(ascii: "\"")))) &- each
      let slashes = (word ^ (each &* UInt64(UInt8(ascii: "\\")))) &- each
      let controls = word &- each &* 0x20
      let found = (quotes | slashes | controls | word) & (each &* 0x80)
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.count, isPlain(bytes[index]) { index += 1 }
    return index
  }

  /// One in each byte of a word.
  private static var each: UInt64 { 0x0101_0101_0101_0101 }

  private static func isPlain(_ byte: UInt8) -> Bool {
    0x20..<0x80 ~= byte && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""): bytes += #"\""#.utf8
    case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
    case 0x08: bytes += #"\b"#.utf8
    case 0x0C: bytes += #"\f"#.utf8
    case 0x0A: bytes += #"\n"#.utf8
    case 0x0D: bytes += #"\r"#.utf8
    case 0x09: bytes += #"\t"#.utf8
    case ..<0x10: bytes += (#"\u000"# + String(byte, radix: 16)).utf8
    case ..<0x20: bytes += (#"\u00"# + String(byte, radix: 16)).utf8
    default: bytes.append(byte)
    }
  }
}
