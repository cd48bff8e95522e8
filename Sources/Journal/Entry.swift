import Gupy

/// All that one application's file says of one event.
package struct Entry: Sendable {
  /// Gupy's id of the event.
  package let eventId: String
  /// When the first line of the event was written, of those that can be read; nil where nobody can read
  /// when.
  package private(set) var arrival: Timestamp?
  /// When the last one was.
  package private(set) var last: Timestamp?
  /// What its first line keeps of it; nil when that cannot be read.
  package private(set) var kept: WebhookEvent.Details?
  /// The last attempt.
  package private(set) var attempt: Attempt?
  /// What came of the last attempt; nil while nothing is written of it, or it is open again.
  package private(set) var outcome: Outcome?
  /// Whether one of its attempts was made although the message may have been sent.
  package private(set) var isResent = false
  /// Whether all that names its candidate was erased: nothing may be sent or kept of it again.
  package internal(set) var isErased = false
  /// Whether a line that this program cannot read may have been its attempt.
  package internal(set) var isInDoubt = false
  /// What the lines that can be read mean together; nil before the first.
  private var told: Standing?
  /// Where the event's lines stand in the file, in bytes; one range for lines in a row.
  private(set) var ranges: [Range<Int>] = []

  /// An event without lines yet.
  init(eventId: String) { self.eventId = eventId }

  /// The event; nil when its line cannot be read.
  package var event: WebhookEvent.Details? { kept?.arrived(at: arrival) }

  /// What all its lines mean together.
  package var standing: Standing {
    let told = told ?? .received
    return isInDoubt && [.received, .unavailable].contains(told) ? .unconfirmed : told
  }

  /// What lists and figures say of it: of an erased event nothing is left to do, whatever became of
  /// it, unless its message was accepted or none was due.
  package var shown: Standing { isErased && standing != .accepted ? .ignored : standing }

  /// What became of it in the words of `shown`; nil while that is open.
  package var shownOutcome: Outcome? {
    isErased ? outcome?.afterErasure ?? .ignored(.erased) : outcome
  }

  /// Takes the next line of the event in the file's order.
  ///
  /// - Parameter kind: nil for one that says something only another program knows.
  mutating func add(_ kind: Line.Kind?, at moment: Timestamp?, in range: Range<Int>) {
    if let last = ranges.last, last.upperBound == range.lowerBound {
      ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
    } else {
      ranges.append(range)
    }
    last = moment
    if told == nil, kind != nil { (arrival, told) = (moment, .received) }
    switch kind {
    case .event(let details, let isErased):
      kept = kept ?? details
      self.isErased = self.isErased || isErased
    case .attempt(let attempt):
      self.attempt = attempt
      isResent = isResent || attempt.isResend
      (outcome, told) = (nil, .unconfirmed)
    case .outcome(let outcome):
      (self.outcome, told) = (outcome, Standing(outcome))
    case .reopened: (outcome, told) = (nil, .received)
    case nil: isInDoubt = true
    }
  }
}
