import Gupy
import Journal

/// What came of the events of the last thirty days, each counted once: where its last line stands.
///
/// Counted from the day index, which says no more than the applications' files; an event of which it
/// says only that somebody had it in hand is asked for in its file. So no scan of applications is
/// needed, and the figures are the journal's after any crash.
package struct Figures {
  /// An hour or a day, and the events whose last line was written in it.
  package struct Span {
    package let start: Timestamp
    package var events: [DaySummary.Kind: Int] = [:]
  }

  /// The last 24 hours, the earliest first; the last is not over.
  package var hours: [Span] = []
  /// The last thirty days, UTC, the earliest first; the last is not over.
  package var days: [Span] = []
  /// How long the provider was asked in these hours.
  package var provider = Histogram()
  /// How long the journal's syncs of a handling took in these hours.
  package var journal = Histogram()
  /// The same since midnight UTC.
  package var providerToday = Histogram()
  /// The same since midnight UTC.
  package var journalToday = Histogram()
  /// What is not finished, and what needs a person: that of the latest day first.
  package var open: [OpenEvent] = []
  /// How the latest deliveries went.
  package var deliveries = LastDeliveries()

  /// When the oldest of the unfinished events came; nil when all are finished.
  package var oldestUnfinished: Timestamp? { open.filter(\.isUnfinished).map(\.first).min() }

  /// How many events need a person for a reason.
  package func count(_ need: Standing) -> Int { open.count { $0.standing == need } }

  /// The latest events that need a person for a reason, the latest first.
  package func latest(_ need: Standing, _ count: Int) -> [OpenEvent] {
    open.reduce(into: []) { latest, event in
      guard event.standing == need else { return }
      let place = latest.firstIndex { $0.last < event.last } ?? latest.endIndex
      guard place < count else { return }
      latest.insert(event, at: place)
      latest = Array(latest.prefix(count))
    }
  }

  /// The sum over some spans.
  package static func sum(_ spans: [Span]) -> [DaySummary.Kind: Int] {
    spans.reduce(into: [:]) { sum, span in sum.merge(span.events) { $0 + $1 } }
  }
}

extension Figures {
  /// Counts the days up to a moment.
  ///
  /// - Parameters:
  ///   - retention: after which an application may be gone.
  ///   - complain: told what cannot be read: it counts nowhere.
  package init(_ journal: Journal, now: Timestamp, retention: Duration?, complain: Complaint) {
    var walk = FiguresWalk(journal, now: now, retention: retention, complain: complain)
    self = walk.result()
  }
}

/// An event that is not finished, or needs a person.
package struct OpenEvent {
  /// The application's number.
  package let application: Int64
  /// What stands for the event in the day index's summaries.
  package let key: Int
  /// Where it stands.
  let standing: Standing
  /// When it came, or when it is first known to have been there.
  var first: Timestamp
  /// When something was last written of it.
  let last: Timestamp

  /// Whether nothing is decided yet, or its message was certainly not sent.
  package var isUnfinished: Bool { standing == .received || standing == .unavailable }
}
