/// What stands for what inside a JSON string (RFC 8259 §7).
package enum JSONEscapes {
  /// The bytes between two quotes as they are meant, without what cannot be read: an unknown escape,
  /// half a surrogate pair, a bare control character.
  static func resolve(
    _ bytes: UnsafeBufferPointer<UInt8>, isJSON5: Bool
  ) -> (bytes: [UInt8], isWhole: Bool) {
    var rest = Array(bytes)[...]
    var (text, isWhole) = ([UInt8](), true)
    while let byte = rest.popFirst() {
      if byte != UInt8(ascii: "\\"), byte >= 0x20 {
        text.append(byte)
      } else if byte >= 0x20, isJSON5, skipLineEnd(&rest) {
        continue
      } else if byte >= 0x20, let scalar = scalar(&rest, isJSON5) {
        text += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      } else {
        isWhole = false
      }
    }
    return (text, isWhole)
  }

  /// How many bytes behind its backslash an escape of JSON5 has, a line that goes on too; nil for a
  /// NUL, and for one that cannot be read.
  static func length(json5 bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    let escape = Array(bytes.prefix(11))
    var rest = escape[...]
    if !skipLineEnd(&rest) {
      guard let scalar = scalar(&rest, true), scalar != "\0" else { return nil }
    }
    return escape.count - rest.count
  }

  private static func skipLineEnd(_ rest: inout ArraySlice<UInt8>) -> Bool {
    let end = ["\r\n", "\n", "\r"].first { rest.starts(with: $0.utf8) }
    rest = rest.dropFirst(end?.utf8.count ?? 0)
    return end != nil
  }

  private static func scalar(
    _ rest: inout ArraySlice<UInt8>, _ isJSON5: Bool
  ) -> Unicode.Scalar? {
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
    case UInt8(ascii: "'") where isJSON5: "'"
    case UInt8(ascii: "v") where isJSON5: "\u{B}"
    case UInt8(ascii: "x") where isJSON5: unit(&rest, digits: 2).flatMap(Unicode.Scalar.init)
    default: nil
    }
  }

  private static func unicode(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard let first = unit(&rest, digits: 4) else { return nil }
    guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) }
    // What follows half a pair is read by itself, unless it is the other half.
    var behind = rest
    guard behind.popFirst() == UInt8(ascii: "\\"), behind.popFirst() == UInt8(ascii: "u"),
      let second = unit(&behind, digits: 4), UTF16.isTrailSurrogate(second)
    else { return nil }
    rest = behind
    return UTF16.decode(UTF16.EncodedScalar([first, second]))
  }

  private static func unit(_ rest: inout ArraySlice<UInt8>, digits count: Int) -> UInt16? {
    let digits = rest.prefix(count).prefix { Character(Unicode.Scalar($0)).isHexDigit }
    rest = rest[digits.endIndex...]
    guard digits.count == count else { return nil }
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
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
}
