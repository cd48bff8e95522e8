/// A Brazilian taxpayer's number whose check digits are right.
package struct CPF: Hashable, Sendable {
  /// Eleven ASCII digits without punctuation.
  package let digits: String

  /// Reads eleven digits of any script, with dots, dashes, slashes and white space anywhere; where a
  /// spreadsheet took them for a number, one or two zeros in front may be lost. Nil for any other
  /// character, wrong check digits, and one digit repeated eleven times, which no one is given
  /// although its check digits are right.
  package init?(_ text: String) {
    var digits: [Int] = []
    for scalar in text.unicodeScalars {
      if let digit = scalar.decimalDigit {
        digits.append(Int(digit))
      } else if !scalar.isDigitPunctuation {
        return nil
      }
    }
    guard 9...11 ~= digits.count else { return nil }
    self.init([Int](repeating: 0, count: 11 - digits.count) + digits)
  }

  private init?(_ digits: [Int]) {
    guard Set(digits).count > 1, digits[9] == Self.checkDigit(of: digits.prefix(9)),
      digits[10] == Self.checkDigit(of: digits.prefix(10))
    else { return nil }
    self.digits = digits.map(String.init).joined()
  }

  /// The digit that comes after these, each 0 to 9: their weighted sum modulo 11; the last one weighs
  /// 2, the one before it 3, and so on.
  package static func checkDigit(of digits: ArraySlice<Int>) -> Int {
    let sum = zip(digits.reversed(), 2...).reduce(0) { $0 + $1.0 * $1.1 }
    return sum * 10 % 11 % 10
  }
}
