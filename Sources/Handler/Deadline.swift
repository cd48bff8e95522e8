import Gupy

/// When a request must have its answer: Gupy waits 30 s, nginx 28 s, the handler 25 s, counted from
/// when nginx received it, so that time in the listen queue counts.
struct Deadline {
  private let end: ContinuousClock.Instant

  static let budget = Duration.seconds(25)
  static let lockWait = Duration.seconds(10)
  /// With less left no message is sent: a provider's call of 10 s, and the outcome's sync.
  static let sendBudget = Duration.seconds(11)
  /// Older than what nginx waits is no queue but a clock that differs: then it is not believed.
  private static let oldest = 28.0

  /// - Parameter receivedAt: nginx's `$msec`, seconds since 1970 with three decimals.
  init(receivedAt: String?, now: Timestamp) {
    let age = receivedAt.flatMap(Double.init).map { Double(now.milliseconds) / 1_000 - $0 } ?? 0
    let believed = 0...Self.oldest ~= age ? age : 0
    end = ContinuousClock.now + Self.budget - .seconds(believed)
  }

  var left: Duration { end - .now }
  var lockWait: Duration { max(.zero, min(Self.lockWait, left)) }
  var allowsSending: Bool { left >= Self.sendBudget }
}
