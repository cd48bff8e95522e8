/// When Gupy delivers again what was not answered 200: after 1, 5, 15 and 30 minutes, and every 30
/// minutes until two hours are over.
package struct Timetable: Sendable {
  /// From the end of one delivery to the start of the next.
  package let waits: [Duration]

  /// Gupy's own, or one that runs faster.
  ///
  /// - Parameter speed: how many times faster; more than 0.
  package init(speed: Double = 1) {
    waits = [1, 5, 15, 30, 30, 30].map { .seconds($0 * 60 / speed) }
  }

  /// How long Gupy waits after so many deliveries that failed, at least one; nil: it gives up.
  func wait(after deliveries: Int) -> Duration? {
    deliveries <= waits.count ? waits[deliveries - 1] : nil
  }
}
