/// A number that can receive a message: a Brazilian mobile, or any number of another country.
package struct PhoneNumber: Hashable, Sendable {
  /// `+`, country code and number, as ITU-T E.164 writes it: `+5511955550101`.
  package let e164: String

  /// `e164` without the `+`.
  package var digits: String { String(e164.dropFirst()) }

  /// Reads a mobile number as people write it: ASCII digits with spaces and punctuation.
  ///
  /// Without `+` it is Brazilian, with or without a leading `55` or `0`. Nil for a Brazilian
  /// number that is no mobile, and for a foreign one outside E.164 (7 to 15 digits, none of the
  /// country codes begins with 0).
  package init?(mobile: String) {
    guard let (digits, isInternational) = Self.dialed(mobile) else { return nil }
    if isInternational && !digits.hasPrefix("55") {
      guard 7...15 ~= digits.count, !digits.hasPrefix("0") else { return nil }
      e164 = "+" + digits
    } else {
      guard let national = Self.mobile(digits, hasCountryCode: isInternational) else { return nil }
      e164 = "+55" + national
    }
  }

  /// The digits, and whether a `+` stands before them; nil where anything but digits, spaces and
  /// punctuation stands. Marks of writing direction, which copied contacts carry, are skipped.
  private static func dialed(_ text: String) -> (digits: String, isInternational: Bool)? {
    var (digits, isInternational) = ("", false)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "0"..."9": digits.unicodeScalars.append(scalar)
      case "+" where digits.isEmpty && !isInternational: isInternational = true
      case _ where isPunctuation(scalar): continue
      default: return nil
      }
    }
    return (digits, isInternational)
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .dashPunctuation, .openPunctuation, .closePunctuation, .spaceSeparator, .format: true
    default: scalar == "." || scalar == "/" || scalar.isWhiteSpace
    }
  }

  /// Area code and nine digits: eleven digits in all, so that their count tells the country code
  /// 55 from the area code 55.
  private static func mobile(_ digits: String, hasCountryCode: Bool) -> Substring? {
    var rest = digits[...]
    if hasCountryCode || (rest.count > 12 && rest.hasPrefix("55")) { rest = rest.dropFirst(2) }
    if rest.count == 12 && rest.hasPrefix("0") { rest = rest.dropFirst() }
    guard rest.count == 11, areaCodes.contains(rest.prefix(2)), rest.dropFirst(2).first == "9"
    else { return nil }
    return rest
  }

  /// The 67 area codes of Anatel's plan (Resolução 749/2022).
  package static let areaCodes: Set<Substring> = [
    "11", "12", "13", "14", "15", "16", "17", "18", "19", "21", "22", "24", "27", "28",
    "31", "32", "33", "34", "35", "37", "38", "41", "42", "43", "44", "45", "46", "47", "48", "49",
    "51", "53", "54", "55", "61", "62", "63", "64", "65", "66", "67", "68", "69",
    "71", "73", "74", "75", "77", "79", "81", "82", "83", "84", "85", "86", "87", "88", "89",
    "91", "92", "93", "94", "95", "96", "97", "98", "99",
  ]
}
