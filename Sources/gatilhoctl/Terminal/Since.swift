import ArgumentParser
import Gupy
import Handler

/// A moment on the command line: so long ago, or a date.
struct Since: ExpressibleByArgument, Sendable {
  let timestamp: Timestamp
  let defaultValueDescription: String

  /// Thirty days ago.
  static let `default` = Since(ago: .seconds(30 * 86_400), "30d")

  private init(ago: Duration, _ text: String) {
    let now = Timestamp.now.milliseconds
    self.init(Timestamp(milliseconds: now - ago.components.seconds * 1_000), text)
  }

  private init(_ timestamp: Timestamp, _ text: String) {
    self.timestamp = timestamp
    defaultValueDescription = text
  }

  /// Reads `2h` or `30d`, `2026-03-04` (UTC), or an RFC 3339 timestamp.
  init?(argument: String) {
    if let ago = Duration(argument) {
      self.init(ago: ago, argument)
    } else if let timestamp = Timestamp(argument) ?? Timestamp(argument + "T00:00:00Z") {
      self.init(timestamp, argument)
    } else {
      return nil
    }
  }
}
