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
  private static let patience: Int64 = 7 * 86_400_000
  private static let horizon: Int64 = 30 * 86_400_000

  /// Reads the day index from its end, as far as is needed.
  package init(
    _ journal: Journal<WebhookEvent.Details>, now: Timestamp = .now
  ) throws(JournalError) {
    let horizon = Timestamp(milliseconds: now.milliseconds - Self.horizon)
    var lines = try journal.days.latest(since: String(horizon.description.prefix(10)))
    while answered == nil, let line = try lines.next() { add(line) }
  }

  private mutating func add(_ line: DayLine) {
    guard let at = Timestamp(line.at) else { return }
    latest = latest ?? at
    switch Outcome.Status(rawValue: line.status) {
    case .accepted, .ignored, .undeliverable, .rejected, .unconfirmed: answered = at
    case .unavailable: failingSince = at
    case nil: break
    }
  }

  /// When Gupy will take the address away, if nothing is answered 200 until then; nil while all is
  /// well.
  package var removal: Timestamp? {
    failingSince.map { Timestamp(milliseconds: $0.milliseconds + Self.patience) }
  }
}
