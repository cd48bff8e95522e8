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
  package internal(set) var again: [Int] = []
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
    /// Where the event stands; nil for a status that this version does not know.
    package let standing: Standing?

    package init(type: String, status: String, reason: String? = nil) {
      (self.type, self.status, self.reason) = (type, status, reason)
      standing = Standing(status: status, reason: reason)
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

    /// Counts one event more of a kind.
    mutating func count(_ kind: Int) {
      while events.count <= kind { events.append(0) }
      events[kind] += 1
    }
  }

  /// An event that leaves something to do or to ask. Times are in milliseconds of the day.
  package struct Open: Equatable, Sendable {
    /// What stands for the event: `DaySummary.key`.
    package internal(set) var key = 0
    package internal(set) var application: Int64 = 0
    /// Its place in the list of kinds.
    package internal(set) var kind = 0
    /// When the first of the day's lines of it was written.
    package internal(set) var first = 0
    /// When the last one was.
    package internal(set) var last = 0
    /// Whether one of the lines says that the event was on disk on no earlier day.
    package internal(set) var isNew = false
  }

  /// What stands for an event here: a hash of its application's number and its id, of eighteen digits
  /// at the most, which are read fast.
  package static func key(application: Int64, eventId: String) -> Int {
    var text = String(application) + eventId
    return text.withUTF8 { Int(UInt64(fnv1a64: UnsafeRawBufferPointer($0)) >> 5) }
  }
}

extension DaySummary.Kind {
  /// Whether the application's file has to be asked.
  var isUndecided: Bool { standing == nil || standing == .received }

  /// Whether there is something to do, or to ask.
  var isOpen: Bool { ![.accepted, .ignored, .superseded].contains(standing) }
}
