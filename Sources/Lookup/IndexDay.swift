import Gupy

/// A day of the day index, UTC.
package struct IndexDay: Equatable {
  /// Its midnight, in milliseconds since 1970.
  let start: Int64
  /// Whether no line of it is to come.
  let isOver: Bool

  /// How far back figures and lists look.
  private static let horizon: Int64 = 30
  private static let length: Int64 = 86_400_000

  /// Today and the days before it, the latest first.
  static func latest(now: Timestamp) -> [IndexDay] {
    let today = now.milliseconds - now.milliseconds % length
    return (0..<horizon).map { IndexDay(start: today - $0 * length, isOver: $0 > 0) }
  }

  /// When the first of these days begins.
  package static func horizonStart(_ now: Timestamp) -> Timestamp {
    latest(now: now).last?.at(0) ?? now
  }

  /// `2026-03-04`.
  var name: String { String(at(0).description.prefix(10)) }

  /// A moment of the day.
  func at(_ milliseconds: Int) -> Timestamp {
    Timestamp(milliseconds: start + Int64(milliseconds))
  }

  /// Whether a moment belongs to the day.
  func holds(_ moment: Timestamp) -> Bool {
    (start..<start + Self.length).contains(moment.milliseconds)
  }
}
