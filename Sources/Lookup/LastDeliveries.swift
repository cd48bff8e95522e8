import Gupy
import Journal

/// How Gupy's latest deliveries went, as far as they reached a handler.
package struct LastDeliveries: Equatable, Sendable {
  /// When something was last written of an event; nil when nothing was for thirty days.
  package private(set) var latest: Timestamp?
  /// When one was last answered 200.
  package private(set) var answered: Timestamp?
  /// Since when none was; nil while the latest was.
  package private(set) var failingSince: Timestamp?

  /// Gupy removes an address to which nothing could be delivered for so long.
  private static let patience = Duration.seconds(7 * 86_400)

  /// Nothing is known yet: days are to be added, the latest first.
  init() {}

  /// Reads the day index from its end, as far as is needed.
  ///
  /// - Parameter complain: told what cannot be read.
  package init(_ journal: Journal, now: Timestamp = .now, complain: Complaint) {
    for day in IndexDay.latest(now: now) where answered == nil {
      let summary = journal.days.summary(of: day.start.day, isOver: day.isOver, complain: complain)
      add(summary, of: day)
    }
  }

  /// Adds what is known of the day before those that are here.
  mutating func add(_ summary: DaySummary, of day: IndexDay) {
    latest = latest ?? summary.latest.map(day.at)
    guard answered == nil else { return }
    failingSince = summary.failing.map(day.at) ?? failingSince
    answered = summary.answered.map(day.at)
  }

  /// When Gupy will take the address away, if nothing is answered 200 until then; nil while all is
  /// well.
  package var removal: Timestamp? { failingSince.map { $0 + Self.patience } }
}
