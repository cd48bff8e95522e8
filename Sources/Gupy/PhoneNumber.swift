/// A number that can receive a message: a Brazilian mobile, or any number of another country.
package struct PhoneNumber: Hashable, Sendable {
  /// `+`, country code and number, as ITU-T E.164 writes it: `+5511955550101`.
  package let e164: String

  /// `e164` without the `+`.
  package var digits: String { String(e164.dropFirst()) }

  /// Reads a mobile number as people, phones and forms write it (`DialedNumber`).
  ///
  /// Without a country code it is Brazilian. Nil for a Brazilian number that is no mobile by Anatel's
  /// plan, and for a foreign one whose country does not exist, or has no numbers of this length.
  package init?(mobile: String) {
    guard let dialed = DialedNumber(mobile),
      let e164 = dialed.isInternational
        ? Self.international(dialed) : Self.brazilian(dialed.withoutBrazil)
    else { return nil }
    self.e164 = e164
  }

  /// From Brazil a carrier may be chosen behind the `00`: it is left out where the number is none
  /// with it.
  private static func international(_ dialed: DialedNumber) -> String? {
    if let number = foreignOrBrazilian(dialed) { return number }
    return dialed.withoutCarrier.flatMap(foreignOrBrazilian)
  }

  private static func foreignOrBrazilian(_ dialed: DialedNumber) -> String? {
    if dialed.digits.hasPrefix("55") { return brazilian(dialed.digits.dropFirst(2)) }
    return Country.national(dialed).map { "+" + $0.code + $0.number }
  }

  /// Area code and nine digits: eleven digits in all, so that their count tells the country code 55
  /// from the area code 55, and whether a trunk `0` has a carrier behind it.
  private static func brazilian(_ digits: Substring) -> String? {
    var rest = digits
    if rest.hasPrefix("0") { rest = rest.dropFirst(rest.count == 14 ? 3 : 1) }
    guard rest.count == 11, areaCodes.contains(rest.prefix(2)), rest.dropFirst(2).first == "9"
    else { return nil }
    return "+55" + rest
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

extension DialedNumber {
  /// The digits without a country code that no `+` tells from an area code, but their number does.
  fileprivate var withoutBrazil: Substring {
    digits.count > 12 && digits.hasPrefix("55") ? digits.dropFirst(2) : digits[...]
  }
}
