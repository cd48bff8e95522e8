/// Where an event stands now: what its lines mean together, for whoever holds its application's lock.
package enum Standing: Equatable, Sendable {
  /// The event is kept and nothing was sent, or a person wants it handled.
  case undecided
  /// Certainly not sent.
  case unavailable
  /// An attempt without an outcome, or one whose outcome nobody knows: may have been sent.
  case unconfirmed
  /// Nothing is left to do.
  case finished(Outcome)

  /// Where the event stands after this outcome.
  package init(_ outcome: Outcome) {
    switch outcome {
    case .unavailable: self = .unavailable
    case .unconfirmed: self = .unconfirmed
    case .accepted, .ignored, .ignoredOtherwise, .undeliverable, .rejected:
      self = .finished(outcome)
    }
  }

  /// As an outcome's status; nil where nothing is decided.
  package var status: Outcome.Status? {
    switch self {
    case .undecided: nil
    case .unavailable: .unavailable
    case .unconfirmed: .unconfirmed
    case .finished(let outcome): outcome.status
    }
  }
}
