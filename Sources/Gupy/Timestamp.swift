import JSON

/// A moment in whole milliseconds; as text always `2026-03-04T18:30:12.345Z`.
///
/// It lies in the years 1 to 9999 UTC, whatever it was made from: so it can be written, and no sum or
/// difference of two overflows.
package struct Timestamp: Comparable, Hashable, Sendable, CustomStringConvertible {
  /// Since 1970-01-01T00:00:00Z, without leap seconds.
  package let milliseconds: Int64

  /// The moment `milliseconds` after 1970-01-01T00:00:00Z; the nearest that there is for one beyond
  /// the years 1 to 9999.
  package init(milliseconds: Int64) {
    let (first, last) = (Self.representable.lowerBound, Self.representable.upperBound)
    self.milliseconds = min(max(milliseconds, first), last)
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
    let milliseconds = date.daysSince1970 * Self.day + time - offset
    guard Self.representable.contains(milliseconds) else { return nil }
    self.milliseconds = milliseconds
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
    var text = Array("0000-00-00T00:00:00.000Z".utf8)
    Self.put(date.year, 4, at: 0, in: &text)
    Self.put(date.month, 2, at: 5, in: &text)
    Self.put(date.day, 2, at: 8, in: &text)
    Self.put(time / 3_600_000, 2, at: 11, in: &text)
    Self.put(time / 60_000 % 60, 2, at: 14, in: &text)
    Self.put(time / 1000 % 60, 2, at: 17, in: &text)
    Self.put(time % 1000, 3, at: 20, in: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Writes a number's digits over zeros.
  private static func put(_ number: Int64, _ width: Int, at start: Int, in text: inout [UInt8]) {
    var rest = number
    for index in (start..<start + width).reversed() {
      text[index] += UInt8(rest % 10)
      rest /= 10
    }
  }

  private static let day: Int64 = 86_400_000
  /// 0001-01-01T00:00:00.000Z to 9999-12-31T23:59:59.999Z.
  private static let representable: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999
}

extension Timestamp: JSONConvertible {
  /// From its description, a string in JSON.
  package init(json: JSONNode) throws(JSONMismatch) {
    self = try json.text.flatMap(Self.init).orMismatch
  }

  package func write(to json: inout JSONWriter) { json.write(description) }
}
