/// A Brazilian taxpayer's number whose check digits are right.
package struct CPF: Sendable {
  /// Eleven ASCII digits without punctuation.
  package let digits: String

  /// Reads eleven ASCII digits, with `.`, `-`, `/` and white space anywhere; nil for any other
  /// character, wrong check digits, and one digit repeated eleven times, which no one is given
  /// although its check digits are right.
  package init?(_ text: String) {
    let characters = String(text.unicodeScalars.filter { !Self.isPunctuation($0) })
    guard characters.utf8.count == 11, characters.utf8.allSatisfy(\.isASCIIDigit),
      Set(characters.utf8).count > 1
    else { return nil }
    let digits = characters.utf8.map { Int($0 - UInt8(ascii: "0")) }
    guard digits[9] == Self.checkDigit(of: digits.prefix(9)),
      digits[10] == Self.checkDigit(of: digits.prefix(10))
    else { return nil }
    self.digits = characters
  }

  /// What people write between the digits.
  static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    ".-/".unicodeScalars.contains(scalar) || scalar.isWhiteSpace
  }

  /// The digit that comes after these, each 0 to 9: their weighted sum modulo 11; the last one weighs
  /// 2, the one before it 3, and so on.
  package static func checkDigit(of digits: ArraySlice<Int>) -> Int {
    let sum = zip(digits.reversed(), 2...).reduce(0) { $0 + $1.0 * $1.1 }
    return sum * 10 % 11 % 10
  }
}
