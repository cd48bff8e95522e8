/// A moment in whole milliseconds; as text always `2026-03-04T18:30:12.345Z`.
package struct Timestamp: Comparable, Hashable, Codable, Sendable, CustomStringConvertible {
  /// Since 1970-01-01T00:00:00Z, without leap seconds.
  package let milliseconds: Int64

  /// The moment `milliseconds` after 1970-01-01T00:00:00Z.
  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Reads RFC 3339 §5.6, and ISO 8601's offsets `+0300` and `+03` beside `+03:00`.
  ///
  /// A fraction of any length is rounded half up to milliseconds; a leap second is the second
  /// after it. Nil without a zone, for a day or time that does not exist, for any text before or
  /// behind, and outside the years 1 to 9999 UTC.
  package init?(_ text: String) {
    var scanner = TimestampScanner(text)
    guard let date = scanner.date(), scanner.skip("Tt"), let time = scanner.timeOfDay(),
      let offset = scanner.offset(), scanner.isAtEnd
    else { return nil }
    milliseconds = date.daysSince1970 * Self.day + time - offset
    guard Self.representable.contains(milliseconds) else { return nil }
  }

  /// Throws `DecodingError.dataCorrupted` unless a timestamp stands there as a string.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let timestamp = Self(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected an RFC 3339 timestamp")
    }
    self = timestamp
  }

  /// Writes `description` as a string.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// The earlier moment is less.
  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// UTC with exactly three decimals.
  package var description: String {
    let days = milliseconds.flooredQuotient(Self.day)
    let date = CivilDate(daysSince1970: days)
    let time = milliseconds - days * Self.day
    let (hour, minute) = (time / 3_600_000, time / 60_000 % 60)
    let (second, fraction) = (time / 1000 % 60, time % 1000)
    return Self.padded(date.year, 4) + "-" + Self.padded(date.month, 2) + "-"
      + Self.padded(date.day, 2) + "T" + Self.padded(hour, 2) + ":" + Self.padded(minute, 2) + ":"
      + Self.padded(second, 2) + "." + Self.padded(fraction, 3) + "Z"
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static let day: Int64 = 86_400_000
  /// 0001-01-01T00:00:00.000Z to 9999-12-31T23:59:59.999Z.
  private static let representable: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999
}
