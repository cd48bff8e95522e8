import Gupy
import Journal

/// What can stand in the way of an event's message, and may be gone now.
package enum RetryStatus: String, CaseIterable, Sendable {
  /// Certainly not sent, or never decided: the provider, the account or this service was down.
  case unavailable
  /// May have been sent: handling it again may send its message twice.
  case unconfirmed
  /// The provider refused the message for good.
  case rejected
  /// The message could not be made.
  case undeliverable
  /// No message rule was for the event.
  case noRule
  /// A newer move had come. It may have been dated wrongly, and is asked for by name alone.
  case superseded
  /// The body was no event, and may be one to this version.
  case quarantine
}

extension RetryStatus {
  /// Nil for an event that nothing can be done about.
  package init?(_ entry: Entry) {
    guard !entry.isErased else { return nil }
    switch entry.shown {
    case .undecided, .unavailable: self = .unavailable
    case .unconfirmed: self = .unconfirmed
    case .finished(let outcome): self.init(outcome.status, outcome.reason)
    }
  }

  /// Nil for an event that nothing can be done about after this outcome.
  init?(_ status: Outcome.Status, _ reason: String?) {
    switch status {
    case .unavailable: self = .unavailable
    case .unconfirmed: self = .unconfirmed
    case .rejected: self = .rejected
    case .undeliverable: self = .undeliverable
    case .ignored where reason == IgnoreReason.noRule.rawValue: self = .noRule
    case .ignored where reason == IgnoreReason.superseded.rawValue: self = .superseded
    case .accepted, .ignored: return nil
    }
  }

  /// Whether no timer can settle it.
  package var needsPerson: Bool {
    switch self {
    case .unavailable, .superseded: false
    case .unconfirmed, .rejected, .undeliverable, .noRule, .quarantine: true
    }
  }

  /// Whether a webhook would leave such an event alone.
  package var needsReopening: Bool {
    switch self {
    case .unavailable, .quarantine: false
    case .unconfirmed, .rejected, .undeliverable, .noRule, .superseded: true
    }
  }

  /// Whether an event whose last line in the day index is this may have the status.
  package func mayBe(_ line: DayLine) -> Bool {
    guard line.status != DayLine.received else {
      return [.unavailable, .unconfirmed].contains(self)
    }
    return Outcome.Status(rawValue: line.status).flatMap { Self($0, line.reason) } == self
  }
}
