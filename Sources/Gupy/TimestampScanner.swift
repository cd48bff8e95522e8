/// Reads the parts of a timestamp from left to right; each gives nil where it does not stand.
struct TimestampScanner {
  private var rest: ArraySlice<UInt8>

  init(_ text: String) {
    rest = Array(text.utf8)[...]
  }

  /// Whether everything has been read.
  var isAtEnd: Bool { rest.isEmpty }

  /// Steps over one of `characters`, which are ASCII.
  mutating func skip(_ characters: StaticString) -> Bool {
    guard let byte = rest.first, characters.withUTF8Buffer({ $0.contains(byte) }) else {
      return false
    }
    rest = rest.dropFirst()
    return true
  }

  /// `YYYY-MM-DD`, a day that exists.
  mutating func date() -> CivilDate? {
    guard let year = number(digits: 4), skip("-"), let month = number(digits: 2), skip("-"),
      let day = number(digits: 2)
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  /// `HH:MM:SS` with or without a fraction, in milliseconds since midnight.
  mutating func timeOfDay() -> Int64? {
    guard let hour = number(digits: 2), hour < 24, skip(":"),
      let minute = number(digits: 2), minute < 60, skip(":"),
      let second = number(digits: 2), second <= 60
    else { return nil }
    let wholeSeconds = (hour * 60 + minute) * 60 + second
    guard skip(".") else { return wholeSeconds * 1000 }
    return fraction().map { wholeSeconds * 1000 + $0 }
  }

  /// `Z`, `±HH:MM`, `±HHMM` or `±HH`: the milliseconds that local time is ahead of UTC.
  mutating func offset() -> Int64? {
    if skip("Zz") { return 0 }
    let isBehind = rest.first == UInt8(ascii: "-")
    guard skip("+-"), let hours = number(digits: 2), hours < 24 else { return nil }
    if isAtEnd { return hours * (isBehind ? -3_600_000 : 3_600_000) }
    _ = skip(":")
    guard let minutes = number(digits: 2), minutes < 60 else { return nil }
    return (hours * 60 + minutes) * (isBehind ? -60_000 : 60_000)
  }

  /// One digit or more behind the point, as milliseconds: the fourth digit decides, rounded half
  /// up, so that `9996` is 1000.
  private mutating func fraction() -> Int64? {
    let digits = rest.prefix(while: \.isASCIIDigit)
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    let values = digits.prefix(4).map { Int64($0 - UInt8(ascii: "0")) } + [0, 0, 0]
    return values[0] * 100 + values[1] * 10 + values[2] + (values[3] >= 5 ? 1 : 0)
  }

  private mutating func number(digits count: Int) -> Int64? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy(\.isASCIIDigit) else { return nil }
    rest = rest.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
  }
}
