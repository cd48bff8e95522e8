/// Reads the parts of a timestamp from left to right; each gives nil where it does not stand.
struct TimestampScanner {
  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// Whether everything has been read.
  var isAtEnd: Bool { index == bytes.count }

  /// Steps over one of `characters`, which are ASCII.
  mutating func skip(_ characters: StaticString) -> Bool {
    guard !isAtEnd, characters.withUTF8Buffer({ $0.contains(bytes[index]) }) else { return false }
    index += 1
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
    let isBehind = !isAtEnd && bytes[index] == UInt8(ascii: "-")
    guard skip("+-"), let hours = number(digits: 2), hours < 24 else { return nil }
    if isAtEnd { return hours * (isBehind ? -3_600_000 : 3_600_000) }
    _ = skip(":")
    guard let minutes = number(digits: 2), minutes < 60 else { return nil }
    return (hours * 60 + minutes) * (isBehind ? -60_000 : 60_000)
  }

  /// One digit or more behind the point, as milliseconds: the fourth digit decides, rounded half
  /// up, so that `9996` is 1000.
  private mutating func fraction() -> Int64? {
    var (value, count): (Int64, Int) = (0, 0)
    while let digit = digit() {
      if count < 4 { value = value * 10 + digit }
      count += 1
    }
    guard count > 0 else { return nil }
    for _ in min(count, 4)..<4 { value *= 10 }
    return (value + 5) / 10
  }

  private mutating func number(digits count: Int) -> Int64? {
    var value: Int64 = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  private mutating func digit() -> Int64? {
    guard !isAtEnd, bytes[index].isASCIIDigit else { return nil }
    defer { index += 1 }
    return Int64(bytes[index] - UInt8(ascii: "0"))
  }
}
