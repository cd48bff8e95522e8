import Gupy
import Handler
import Journal
import Lookup

extension Journal {
  /// Why messages are not sent now, since when, for how long, and who tries; nil while they are.
  var sendingWords: String? {
    let now = Timestamp.now.milliseconds
    guard let trouble = breaker.trouble(now: now), !trouble.isClosed else { return nil }
    let words = Words.sending(trouble) { "\(($0 + 999) / 1_000) s" }[.english]
    let since = Timestamp(milliseconds: trouble.since).local
    return "\(words): \(trouble.latest.cause), since \(since)".harmless
  }
}
