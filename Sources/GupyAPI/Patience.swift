/// How often a call is made and how long the pauses are.
package struct Patience: Sendable {
  /// At least one.
  let tries: Int
  /// Before the second; doubled from then on.
  let first: Duration
  /// More than this is not waited for, whatever the other side asks.
  let longest: Duration
  let pause: @Sendable (Duration) -> Void

  /// Four tries with pauses of up to 1, 2 and 4 seconds, and as long as `Retry-After` asks up to a
  /// minute.
  ///
  /// - Parameter pause: waits so long.
  package init(
    tries: Int = 4, first: Duration = .seconds(1), longest: Duration = .seconds(60),
    pause: @escaping @Sendable (Duration) -> Void
  ) {
    self.tries = tries
    self.first = first
    self.longest = longest
    self.pause = pause
  }

  /// Waits before the next try: half of the pause and a random part of the other half, so that not
  /// all come back at once.
  ///
  /// - Parameters:
  ///   - number: of the try that failed, from 1.
  ///   - asked: seconds that the other side asks for.
  /// - Returns: false, at once, when there is no next try.
  func waits(after number: Int, asked: Int?) -> Bool {
    guard number < tries, .seconds(asked ?? 0) <= longest else { return false }
    let pause = first * (1 << (number - 1))
    self.pause(max(.seconds(asked ?? 0), pause * Double.random(in: 0.5...1)))
    return true
  }
}
