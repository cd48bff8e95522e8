import Gupy

/// When a request must have its answer: Gupy waits 30 s, nginx 28 s, the handler 25 s, counted from
/// when nginx received it, so that time in the listen queue counts.
package struct Deadline {
  private let end: ContinuousClock.Instant
  /// How long the request waited for a worker.
  let waited: Duration

  static let budget = Duration.seconds(25)
  /// Who waits for longer has met too few workers, or an application that keeps one busy.
  static let longWait = Duration.seconds(5)
  static let lockWait = Duration.seconds(10)
  /// With less left no message is sent: a provider's call of 10 s, and the outcome's sync.
  static let sendBudget = Duration.seconds(11)
  /// Older than what nginx waits is no queue but a clock that differs: then it is not believed.
  private static let oldest = Duration.seconds(28)

  /// - Parameters:
  ///   - age: how long ago nginx received the request, by both clocks; nil where it does not say.
  ///   - offset: how far this host's clock is ahead of nginx's.
  package init(age: Duration?, offset: Duration = .zero) {
    let waited = Self.waited(age, offset)
    end = ContinuousClock.now + Self.budget - waited
    self.waited = waited
  }

  private static func waited(_ age: Duration?, _ offset: Duration) -> Duration {
    guard let age, .zero...Self.oldest ~= age - offset else { return .zero }
    return age - offset
  }

  /// How long ago nginx received a request, by both clocks; nil where it does not say.
  ///
  /// - Parameter receivedAt: nginx's `$msec`, seconds since 1970 with three decimals.
  static func age(receivedAt: String?, now: Timestamp) -> Duration? {
    guard let received = receivedAt.flatMap(Double.init), 0..<1e11 ~= received else { return nil }
    return .milliseconds(now.milliseconds - Int64((received * 1_000).rounded()))
  }

  var left: Duration { end - .now }
  var lockWait: Duration { max(.zero, min(Self.lockWait, left)) }
  var allowsSending: Bool { left >= Self.sendBudget }
}
