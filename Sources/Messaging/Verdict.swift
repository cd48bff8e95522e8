/// What a provider's answer means for the message.
package enum Verdict: String, CaseIterable, Sendable {
  /// The provider took the message.
  case accepted
  /// The provider refuses this message for good.
  case rejected
  /// Certainly not sent: try again.
  case unavailable
  /// May have been sent.
  case unconfirmed
  /// Not sent, and nothing will be until a person mends an account, a key or an address.
  case misconfigured
}

extension Verdict {
  /// What a status means where no rule of the profile speaks.
  ///
  /// - Parameter asksToWait: whether there is a `Retry-After` that can be read.
  init(status: Int, asksToWait: Bool) {
    switch status {
    case 300..<400, 401...405, 407, 411, 415, 421, 423, 426: self = .misconfigured
    case 408, 425, 429: self = .unavailable
    case 503 where asksToWait: self = .unavailable
    case 400..<500: self = .rejected
    default: self = .unconfirmed
    }
  }
}
