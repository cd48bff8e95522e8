/// How a fake provider treats a message, told by the recipient's last four digits, as the test
/// numbers of payment providers do. Every other number is accepted.
package enum Behaviour: String, Sendable {
  /// Refuses the key.
  case refusesKey = "0401"
  /// Refuses the message for good.
  case refuses = "0400"
  /// Too many requests the first time, accepted at a repeat.
  case limitsOnce = "0429"
  /// Always unavailable, with `Retry-After: 120`.
  case unavailable = "0503"
  /// Fails with 500: nobody knows whether it was sent.
  case fails = "0500"
  /// Takes the request and answers too late.
  case hangs = "0408"
  /// Takes the request and answers something that is no answer of its API.
  case babbles = "0200"

  /// Nil for a number that is simply accepted.
  package init?(recipient: String) {
    self.init(rawValue: String(recipient.suffix(4)))
  }
}
