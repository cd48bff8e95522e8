import Journal

/// One day of the index, counted: each event by its last line of that day.
package struct DaySummary: Equatable, Sendable {
  /// What events can have come to, as far as it occurred: `Hour.events` counts them in this order.
  package internal(set) var kinds: [Kind] = []
  /// The day's hours, UTC.
  package internal(set) var hours = [Hour](repeating: Hour(), count: 24)
  /// The events whose last line leaves something to do or to ask, in the order of their first.
  package internal(set) var open: [Open] = []
  /// The keys of events that came on an earlier day and were taken up again on this one.
  package internal(set) var again: [UInt64] = []
  /// When the day's last line was written, in milliseconds of the day.
  package internal(set) var latest: Int?
  /// When an outcome was last written of which Gupy is told 200.
  package internal(set) var answered: Int?
  /// When a failure was first written after that.
  package internal(set) var failing: Int?

  /// What an event came to.
  package struct Kind: Hashable, Sendable {
    /// `application.created` or `application.moved`.
    package let type: String
    /// An outcome's status, or `received`.
    package let status: String
    /// Why, for `ignored`.
    package let reason: String?
    /// What became of the event; nil when the application's file has to be asked.
    package let outcome: Outcome.Status?

    /// A kind of these parts.
    package init(type: String, status: String, reason: String? = nil) {
      (self.type, self.status, self.reason) = (type, status, reason)
      outcome = Outcome.Status(rawValue: status)
    }
  }

  /// What ended within an hour.
  package struct Hour: Equatable, Sendable {
    /// Events by their kind; it may be shorter than the list of kinds.
    package internal(set) var events: [Int] = []
    /// How long the provider was asked.
    package internal(set) var provider = Histogram()
    /// How long a handling's syncs took.
    package internal(set) var journal = Histogram()

    /// Nothing has ended yet.
    init() {}

    /// Counts one event more of a kind.
    mutating func count(_ kind: Int) {
      while events.count <= kind { events.append(0) }
      events[kind] += 1
    }
  }

  /// An event that leaves something to do or to ask.
  package struct Open: Equatable, Sendable {
    /// The event's key.
    package let key: UInt64
    /// The application's number.
    package let application: Int64
    /// Its place in the list of kinds.
    package let kind: Int
    /// When the first of the day's lines of it was written, in milliseconds of the day.
    package let first: Int
    /// When the last one was.
    package let last: Int
    /// Whether one of the lines says that the event was on disk on no earlier day.
    package let isNew: Bool
  }

  /// Nothing is counted yet.
  package init() {}

  /// What stands for an event here: a hash of its application's number and its id.
  package static func key(application: Int64, eventId: String) -> UInt64 {
    var hash = FNV1a64()
    hash.add(String(application).utf8)
    hash.add(eventId.utf8)
    return hash.value
  }
}

extension DaySummary.Kind {
  /// The reason of an ignored event that a rule may be written for.
  private static let noRule = "noRule"

  /// Whether there is something to do, or to ask.
  var isOpen: Bool {
    switch outcome {
    case .accepted: false
    case .ignored: reason == Self.noRule
    case nil, .undeliverable, .rejected, .unavailable, .unconfirmed: true
    }
  }
}
