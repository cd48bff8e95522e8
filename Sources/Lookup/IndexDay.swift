import Gupy

/// A day of the day index, UTC.
package struct IndexDay {
  /// Its midnight.
  let start: Timestamp
  /// Whether no line of it is to come.
  let isOver: Bool

  /// Today and the thirty days, with it, at which figures and lists look: the latest first.
  static func latest(now: Timestamp) -> [IndexDay] {
    (0..<30).map { IndexDay(start: now.midnight - .seconds(86_400 * $0), isOver: $0 > 0) }
  }

  /// When the first of these days begins.
  package static func horizonStart(_ now: Timestamp) -> Timestamp {
    latest(now: now).last?.start ?? now
  }

  /// The moment that is so many milliseconds after midnight.
  func at(_ milliseconds: Int) -> Timestamp {
    Timestamp(milliseconds: start.milliseconds + Int64(milliseconds))
  }

  /// Whether a moment belongs to the day.
  func holds(_ moment: Timestamp) -> Bool { moment.midnight == start }
}
