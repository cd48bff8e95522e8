import Journal
import Messaging

extension CircuitBreaker.Permit {
  /// What a delivery says of the provider.
  func note(_ delivery: Delivery, now: Int64) {
    switch delivery.verdict {
    case .accepted, .rejected: noteSuccess(now: now)
    case .unavailable, .unconfirmed, .misconfigured:
      note(
        ProviderFailure(
          at: now, verdict: delivery.verdict.rawValue, status: delivery.httpStatus,
          reason: delivery.reason, retryAfter: delivery.retryAfter))
    }
  }
}

extension Outcome {
  /// What the journal keeps of a delivery.
  init(_ delivery: Delivery) {
    var evidence = Evidence(
      reason: delivery.reason, messageId: delivery.messageId, httpStatus: delivery.httpStatus)
    switch delivery.verdict {
    case .accepted: self = .accepted(evidence)
    case .rejected: self = .rejected(evidence)
    case .unavailable: self = .unavailable(evidence)
    case .unconfirmed: self = .unconfirmed(evidence)
    case .misconfigured:
      evidence.reason = ["misconfigured", delivery.reason].compactMap(\.self)
        .joined(separator: ": ")
      self = .unavailable(evidence)
    }
  }
}
