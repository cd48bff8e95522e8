import JSON

/// All that one application's file says of one event.
package struct Entry: Sendable {
  /// Gupy's id of the event.
  package let eventId: String
  /// When the first line of the event was written.
  package let firstAt: String
  /// When the last one was.
  package fileprivate(set) var lastAt: String
  /// The event; nil when its line cannot be read.
  package fileprivate(set) var kept: (any KeptEvent)?
  /// The last attempt.
  package fileprivate(set) var attempt: Attempt?
  /// What came of the last attempt; nil while nothing is written of it, or it is open again.
  package fileprivate(set) var outcome: Outcome?
  /// Whether one of its attempts was made although the message may have been sent.
  package fileprivate(set) var isResent = false
  /// Whether all that names its candidate was erased: nothing may be sent or kept of it again.
  package internal(set) var isErased = false
  /// What all its lines mean together.
  package fileprivate(set) var state = State.undecided
  /// Where the event's lines stand in the file, in bytes; one range for lines in a row.
  fileprivate(set) var ranges: [Range<Int>] = []

  /// What the lines mean for whoever holds the application's lock.
  package enum State: Equatable, Sendable {
    /// The event is kept and nothing was sent, or a person wants it handled: decide.
    case undecided
    /// An attempt without an outcome, or one whose outcome nobody knows: may have been sent.
    case unconfirmed
    /// Certainly not sent: decide again.
    case unavailable
    /// Nothing is left to do.
    case finished(Outcome)
  }

  /// An event without lines yet.
  init(eventId: String, firstAt: String) {
    self.eventId = eventId
    self.firstAt = firstAt
    lastAt = firstAt
  }

  /// What lists and figures say of it: of an erased event nothing is left to do, whatever became of
  /// it, unless its message was accepted or none was due.
  package var shown: State {
    guard isErased else { return state }
    if case .finished(let outcome) = state { return .finished(outcome.afterErasure) }
    return .finished(.dataErased)
  }

  /// What became of it in the words of `shown`; nil while that is open.
  package var shownOutcome: Outcome? {
    if case .finished(let outcome) = shown { outcome } else { outcome }
  }

  /// Takes the next line of the event in the file's order.
  mutating func add(_ line: Line, at range: Range<Int>) {
    if let last = ranges.last, last.upperBound == range.lowerBound {
      ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
    } else {
      ranges.append(range)
    }
    lastAt = line.at
    kept = kept ?? line.kept
    isErased = isErased || line.erased == true
    if let attempt = line.attempt {
      self.attempt = attempt
      isResent = isResent || attempt.resend == true
      outcome = nil
      state = .unconfirmed
    }
    if let outcome = line.outcome {
      self.outcome = outcome
      state = State(outcome)
    }
    if line.reopened != nil {
      outcome = nil
      state = .undecided
    }
  }

  /// An unreadable line may have been this event's attempt.
  mutating func doubt() {
    switch state {
    case .undecided, .unavailable: state = .unconfirmed
    case .unconfirmed, .finished: break
    }
  }
}

extension Entry.State {
  fileprivate init(_ outcome: Outcome) {
    switch outcome.status {
    case .unavailable: self = .unavailable
    case .unconfirmed: self = .unconfirmed
    case .accepted, .ignored, .undeliverable, .rejected: self = .finished(outcome)
    }
  }
}
