/// Where an event stands now: what all its lines mean together, in one word.
package enum Standing: String, CaseIterable, Sendable {
  /// The event is kept and nothing was sent, or a person wants it handled.
  case received
  /// The provider took the message.
  case accepted
  /// No message is due.
  case ignored
  /// The message could not be made.
  case undeliverable
  /// The provider refused the message for good.
  case rejected
  /// Certainly not sent.
  case unavailable
  /// An attempt without an outcome, or one whose outcome nobody knows: may have been sent.
  case unconfirmed
  /// No message is due because no rule is for the event: one may be written.
  case noRule
  /// No message is due because a newer move had come. It may have been dated wrongly.
  case superseded
  /// A body that was no event, and may be one to this version.
  case quarantine

  /// Where an event stands after this outcome.
  package init(_ outcome: Outcome) {
    switch outcome {
    case .accepted: self = .accepted
    case .ignored(.noRule): self = .noRule
    case .ignored(.superseded): self = .superseded
    case .ignored, .ignoredOtherwise: self = .ignored
    case .undeliverable: self = .undeliverable
    case .rejected: self = .rejected
    case .unavailable: self = .unavailable
    case .unconfirmed: self = .unconfirmed
    }
  }

  /// Whether a webhook leaves such an event alone: its outcome is the last.
  package var isFinished: Bool {
    switch self {
    case .received, .unavailable, .unconfirmed, .quarantine: false
    case .accepted, .ignored, .undeliverable, .rejected, .noRule, .superseded: true
    }
  }
}
