/// How a fake provider treats a message, told by the recipient's last four digits, as the test
/// numbers of payment providers do. Every other number is accepted.
package enum Behaviour: String, CaseIterable, Sendable {
  /// Refuses the key.
  case refusesKey = "0401"
  /// Refuses the message for good.
  case refuses = "0400"
  /// Too many requests the first time, accepted at a repeat.
  case limitsOnce = "0429"
  /// Always too many requests, with `Retry-After: 120`.
  case limitsForSeconds = "1429"
  /// Always too many requests, with a date in `Retry-After`, 120 seconds after the answer's own.
  case limitsUntilDate = "2429"
  /// Always unavailable, with `Retry-After: 120`.
  case unavailable = "0503"
  /// Fails with 500: nobody knows whether it was sent.
  case fails = "0500"
  /// A gateway before the API fails: 502, and HTML.
  case failsBefore = "0502"
  /// Takes the message and answers too late.
  case hangs = "0408"
  /// Takes the message and answers something that is no answer of its API.
  case babbles = "0200"
  /// Takes the message and answers 202 without a body.
  case nods = "0202"
  /// Takes the message and answers without a body.
  case isSilent = "0204"
  /// Takes the message and answers half of what it should.
  case breaksOff = "0206"
  /// Takes the message and answers more than anybody reads.
  case floods = "0413"
  /// Takes the message and closes the connection.
  case closes = "0444"

  /// Nil for a number that is simply accepted.
  package init?(recipient: String) {
    self.init(rawValue: String(recipient.suffix(4)))
  }

  /// One that a provider may show now and then, in so many of a hundred cases: at its limit, down,
  /// broken, a refusal, and a message that is taken and answered with nonsense.
  static func mishap(percent: Int) -> Behaviour? {
    let all: [Behaviour] = [.limitsForSeconds, .unavailable, .fails, .refuses, .babbles]
    return Int.random(in: 0..<100) < percent ? all.randomElement() : nil
  }

  /// Whether the message is taken, whatever is answered.
  var takes: Bool {
    switch self {
    case .hangs, .babbles, .nods, .isSilent, .breaksOff, .floods, .closes: true
    case .refusesKey, .refuses, .limitsOnce, .limitsForSeconds, .limitsUntilDate, .unavailable,
      .fails, .failsBefore:
      false
    }
  }
}
