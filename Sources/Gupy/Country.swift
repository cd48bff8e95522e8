/// A country code of E.164, or the part of one plan that it stands for.
struct Country {
  /// Digits that may follow the code.
  private let lengths: Set<Int>
  /// What is dialed before a national number inside the country, the longest first.
  private let trunks: [String]

  /// A foreign number's country code and what follows it: what is dialed inside the country alone is
  /// left out, in brackets or not.
  ///
  /// Nil where no country has the code, or none of its numbers the length; E.164 has 7 to 15 digits.
  static func national(_ dialed: DialedNumber) -> (code: String, number: String)? {
    for length in 1...3 {
      let code = String(dialed.digits.prefix(length))
      guard let country = all[code] else { continue }
      let brackets = dialed.brackets.first { $0.lowerBound == length }
      let number = country.number(dialed.digits.dropFirst(length), bracketed: brackets?.count ?? 0)
      return number.flatMap { 7...15 ~= length + $0.count ? (code, String($0)) : nil }
    }
    return nil
  }

  private func number(_ digits: Substring, bracketed: Int) -> Substring? {
    let (inBrackets, rest) = (digits.prefix(bracketed), digits.dropFirst(bracketed))
    if inBrackets == "0" || trunks.contains(String(inBrackets)), lengths.contains(rest.count) {
      return rest
    }
    let isPossible = lengths.contains(digits.count)
    // Where 0 is dialed before a number, no number begins with it.
    for trunk in trunks where digits.hasPrefix(trunk) && (!isPossible || trunk.hasPrefix("0")) {
      let rest = digits.dropFirst(trunk.count)
      if lengths.contains(rest.count) { return rest }
    }
    return isPossible ? digits : nil
  }

  private static let all = Dictionary(
    uniqueKeysWithValues: rows.description.split(whereSeparator: \.isWhitespace).map { row in
      let parts = row.split(separator: ":").map(String.init)
      let lengths = Set(parts[1].split(separator: ",").compactMap { Int($0) })
      return (parts[0], Country(lengths: lengths, trunks: Array(parts[2...])))
    })
}
