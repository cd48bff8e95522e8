import Glibc
import JSON

/// A moment in whole milliseconds; as text always `2026-03-04T18:30:12.345Z`.
///
/// It lies in the years 1 to 9999 UTC, whatever it was made from: so it can be written, and no sum or
/// difference of two overflows.
package struct Timestamp: Hashable, Sendable {
  /// Since 1970-01-01T00:00:00Z, without leap seconds.
  package let milliseconds: Int64

  private static let dayLength: Int64 = 86_400_000
  /// 0001-01-01T00:00:00.000Z to 9999-12-31T23:59:59.999Z.
  private static let representable: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

  /// The moment `milliseconds` after 1970-01-01T00:00:00Z; the nearest that there is for one beyond
  /// the years 1 to 9999.
  package init(milliseconds: Int64) {
    let (first, last) = (Self.representable.lowerBound, Self.representable.upperBound)
    self.milliseconds = min(max(milliseconds, first), last)
  }

  /// This moment by the system's clock.
  package static var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// Reads RFC 3339 §5.6, and ISO 8601's offsets `+0300` and `+03` beside `+03:00`.
  ///
  /// A fraction of any length is rounded half up to milliseconds; a leap second is the second
  /// after it. Nil without a zone, for a day or time that does not exist, for any text before or
  /// behind, and outside the years 1 to 9999 UTC.
  package init?(_ text: String) {
    var text = text
    self.init(exactly: text.withUTF8 { Self.milliseconds(UnsafeRawBufferPointer($0)) })
  }

  /// Reads what `description` writes and nothing else, in place: an index has a million of them.
  package init?(written bytes: UnsafeRawBufferPointer) {
    // No leap second is written.
    guard bytes.count == 24, bytes[10] == UInt8(ascii: "T"), bytes[17] != UInt8(ascii: "6"),
      bytes[19] == UInt8(ascii: "."), bytes[23] == UInt8(ascii: "Z")
    else { return nil }
    self.init(exactly: Self.milliseconds(bytes))
  }

  /// The beginning of a day, UTC, that is written as `day` writes it.
  package init?(day: String) {
    self.init(day + "T00:00:00Z")
  }

  private init?(exactly milliseconds: Int64?) {
    guard let milliseconds, Self.representable.contains(milliseconds) else { return nil }
    self.milliseconds = milliseconds
  }

  /// The beginning of its day, UTC.
  package var midnight: Timestamp {
    let rest = milliseconds % Self.dayLength
    return Timestamp(milliseconds: milliseconds - (rest < 0 ? rest + Self.dayLength : rest))
  }

  /// Its day, UTC: `2026-03-04`.
  package var day: String { String(description.prefix(10)) }
}

extension Timestamp: Comparable {
  /// The earlier moment is less.
  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// How much later the left moment is; negative if it is the earlier one.
  package static func - (left: Timestamp, right: Timestamp) -> Duration {
    .milliseconds(left.milliseconds - right.milliseconds)
  }

  /// So much later, in whole milliseconds; the nearest moment that there is.
  package static func + (moment: Timestamp, wait: Duration) -> Timestamp {
    let longest = representable.upperBound - representable.lowerBound
    let (seconds, attoseconds) = wait.components
    let milliseconds =
      min(max(seconds, -longest), longest) * 1_000 + attoseconds / 1_000_000_000_000_000
    return Timestamp(milliseconds: moment.milliseconds + milliseconds)
  }

  /// So much earlier, in whole milliseconds; the nearest moment that there is.
  package static func - (moment: Timestamp, wait: Duration) -> Timestamp { moment + (.zero - wait) }

  /// Whether this moment, by another's clock, is so far ahead of a moment by ours that it cannot
  /// have come by then: two clocks may be five minutes apart before one of them is wrong.
  package func isAhead(of moment: Timestamp) -> Bool {
    milliseconds - moment.milliseconds > 5 * 60_000
  }
}

extension Timestamp: CustomStringConvertible {
  /// UTC with exactly three decimals.
  package var description: String {
    let start = midnight
    let (year, month, day) = Self.date(start.milliseconds / Self.dayLength)
    let time = milliseconds - start.milliseconds
    let (hour, minute) = (time / 3_600_000, time / 60_000 % 60)
    var digits = ((year * 100 + month) * 100 + day) * 10_000 + hour * 100 + minute
    digits = digits * 100_000 + time % 60_000
    var text = Array("0000-00-00T00:00:00.000Z".utf8)
    for index in text.indices.reversed() where text[index] == UInt8(ascii: "0") {
      text[index] += UInt8(digits % 10)
      digits /= 10
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// The Gregorian calendar from the year 1 on, also before it was introduced (ISO 8601 §4.2.1). C's
/// `timegm` and `gmtime_r` take five times as long, and read the machine's time zone first.
extension Timestamp {
  /// The whole text's milliseconds since 1970; perhaps outside of the years that there are.
  private static func milliseconds(_ text: UnsafeRawBufferPointer) -> Int64? {
    var rest = text[...]
    guard let digits = rest.number("0000-00-00T00:00:00"), let fraction = rest.fraction(),
      let offset = rest.offset(), rest.isEmpty
    else { return nil }
    let (date, time) = (digits / 1_000_000, digits % 1_000_000)
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100)
    let (hour, minute, second) = (time / 10_000, time / 100 % 100, time % 100)
    let days = days(year, month, day)
    guard 1...12 ~= month, day > 0, days < Self.days(year, month + 1, 1), hour < 24, minute < 60,
      second <= 60
    else { return nil }
    return days * dayLength + ((hour * 60 + minute) * 60 + second) * 1_000 + fraction - offset
  }

  /// Days from 1970-01-01 to a day; month 13 is the next year's first. Years begin in March, so that a
  /// leap day comes last.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let (year, month) = month <= 2 ? (year - 1, month + 12) : (year, month)
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month - 457) / 5 + day - 719_469
  }

  /// The day that is so many days after 1970-01-01: its year and month are estimated and put right.
  private static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    var year = 2 + (days + 719_162) * 400 / 146_097
    if Self.days(year, 1, 1) > days { year -= 1 }
    var month = 1 + (days - Self.days(year, 1, 1)) / 32
    if Self.days(year, month + 1, 1) <= days { month += 1 }
    return (year, month, days - Self.days(year, month, 1) + 1)
  }
}

/// What is left of a timestamp: each part is taken where it stands, and nil where it does not.
extension Slice<UnsafeRawBufferPointer> {
  /// What has this form, in which `0` stands for any digit: all its digits as one number.
  fileprivate mutating func number(_ form: StaticString) -> Int64? {
    guard count >= form.utf8CodeUnitCount else { return nil }
    var number: Int64 = 0
    for index in 0..<form.utf8CodeUnitCount {
      let (byte, sign) = (self[startIndex + index], form.utf8Start[index])
      if sign == UInt8(ascii: "0"), byte.isASCIIDigit {
        number = number * 10 + Int64(byte - UInt8(ascii: "0"))
      } else if byte != sign, sign != UInt8(ascii: "T") || byte != UInt8(ascii: "t") {
        return nil
      }
    }
    self = dropFirst(form.utf8CodeUnitCount)
    return number
  }

  private mutating func skip(_ sign: UInt8) -> Bool {
    guard first == sign else { return false }
    removeFirst()
    return true
  }

  /// A point and one digit or more behind it, or nothing, as milliseconds: the fourth digit decides,
  /// rounded half up, so that `.9996` is 1000.
  fileprivate mutating func fraction() -> Int64? {
    guard skip(UInt8(ascii: ".")) else { return 0 }
    guard first?.isASCIIDigit == true else { return nil }
    var (value, unit): (Int64, Int64) = (0, 1_000)
    while first?.isASCIIDigit == true, let digit = number("0") {
      value += digit * unit
      unit /= 10
    }
    return (value + 5) / 10
  }

  /// `Z`, `±HH:MM`, `±HHMM` or `±HH`: the milliseconds that local time is ahead of UTC.
  fileprivate mutating func offset() -> Int64? {
    if skip(UInt8(ascii: "Z")) || skip(UInt8(ascii: "z")) { return 0 }
    let isBehind = skip(UInt8(ascii: "-"))
    guard isBehind || skip(UInt8(ascii: "+")), let hours = number("00"), hours < 24 else {
      return nil
    }
    let unit: Int64 = isBehind ? -60_000 : 60_000
    if isEmpty { return hours * 60 * unit }
    _ = skip(UInt8(ascii: ":"))
    guard let minutes = number("00"), minutes < 60 else { return nil }
    return (hours * 60 + minutes) * unit
  }
}

extension Timestamp: JSONConvertible {
  /// From its description, a string in JSON.
  package init(json: JSONNode) throws(JSONMismatch) {
    self = try json.text.flatMap { Self($0) }.orMismatch
  }

  package func write(to json: inout JSONWriter) { json.write(description) }
}
