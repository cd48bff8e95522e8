/// How a number is written (RFC 8259 §6).
enum JSONNumber {
  /// Whether the byte can stand in a number at all.
  static func mayHold(_ byte: UInt8) -> Bool {
    isDigit(byte) || "+-.eE".utf8.contains(byte)
  }

  /// Whether it is written as the grammar says: no leading zero or plus, no bare point.
  private static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let whole = rest.prefix(while: isDigit)
    rest = rest[whole.endIndex...]
    guard let first = whole.first, whole.count == 1 || first != UInt8(ascii: "0") else {
      return false
    }
    if rest.first == UInt8(ascii: "."), !takeDigits(&rest, skipping: 1) { return false }
    guard let exponent = rest.first, exponent == UInt8(ascii: "e") || exponent == UInt8(ascii: "E")
    else { return rest.isEmpty }
    let sign = rest.dropFirst().first.map { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    return takeDigits(&rest, skipping: sign == true ? 2 : 1) && rest.isEmpty
  }

  /// The number, as far as `Double` can hold it; nil where it is not written as it should, too large,
  /// or so small that nothing is left.
  static func double(_ bytes: ArraySlice<UInt8>) -> Double? {
    guard isValid(bytes), let double = Double(String(decoding: bytes, as: UTF8.self)),
      double.isFinite
    else { return nil }
    return double != 0 || isZero(bytes) ? double : nil
  }

  /// The whole number, by its digits and never rounded: `6.12E8` is 612000000. Nil where it is not
  /// written as it should, for any other number, and beyond 63 bits.
  static func integer(_ bytes: ArraySlice<UInt8>) -> Int64? {
    if isShort(bytes) { return bytes.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) } }
    guard isValid(bytes) else { return nil }
    let mantissa = bytes.prefix { $0 | 0x20 != UInt8(ascii: "e") }
    let fraction = mantissa.drop { $0 != UInt8(ascii: ".") }.dropFirst()
    var digits = mantissa.filter(isDigit)
    guard let last = digits.lastIndex(where: { $0 != UInt8(ascii: "0") }) else { return 0 }
    let exponent = bytes[mantissa.endIndex...].dropFirst()
    guard let power = exponent.isEmpty ? 0 : Int32(String(decoding: exponent, as: UTF8.self)) else {
      return nil
    }
    let zeros = digits.count - 1 - last + Int(power) - fraction.count
    // 2^63 has nineteen digits.
    guard 0...19 ~= zeros else { return nil }
    digits = digits[...last] + [UInt8](repeating: UInt8(ascii: "0"), count: zeros)
    let sign = bytes.first == UInt8(ascii: "-") ? "-" : ""
    return Int64(sign + String(decoding: digits, as: UTF8.self))
  }

  /// Whether it is what most numbers are: digits alone, and not too many.
  private static func isShort(_ bytes: ArraySlice<UInt8>) -> Bool {
    1...18 ~= bytes.count && bytes.allSatisfy(isDigit)
      && (bytes.count == 1 || bytes.first != UInt8(ascii: "0"))
  }

  /// Whether all digits before an exponent are zero.
  private static func isZero(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.prefix { $0 | 0x20 != UInt8(ascii: "e") }
      .allSatisfy { !isDigit($0) || $0 == UInt8(ascii: "0") }
  }

  private static func takeDigits(_ rest: inout ArraySlice<UInt8>, skipping count: Int) -> Bool {
    let digits = rest.dropFirst(count).prefix(while: isDigit)
    rest = rest[digits.endIndex...]
    return !digits.isEmpty
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
