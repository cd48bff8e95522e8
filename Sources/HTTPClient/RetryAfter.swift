import Glibc

extension HTTPResponse {
  /// The longest wait that is told, a year: whoever asks for more, beyond 2^63 even, means “very long”.
  package static let longestWait = 31_536_000

  /// Seconds that `Retry-After` asks to wait, never negative and at most `longestWait` (RFC 9110
  /// §10.2.3); nil where there is no such header, or none that can be read.
  ///
  /// A date is measured against the answer's own `Date`, so that a wrong clock on either side does
  /// no harm.
  ///
  /// - Parameter now: for an answer without `Date`; seconds since 1970-01-01T00:00:00Z.
  package func secondsToWait(now: Int = time(nil)) -> Int? {
    guard let retryAfter else { return nil }
    let asked =
      deltaSeconds(retryAfter)
      ?? secondsSince1970(retryAfter).map { $0 - (date.flatMap(secondsSince1970) ?? now) }
    return asked.map { min(max(0, $0), Self.longestWait) }
  }

  /// By how many seconds a clock is ahead of the answer's `Date`; nil where there is none.
  ///
  /// - Parameter now: seconds since 1970-01-01T00:00:00Z by that clock.
  package func secondsAhead(now: Int = time(nil)) -> Int? {
    date.flatMap(secondsSince1970).map { now - $0 }
  }
}

/// A number of seconds, digits alone; more than fit are as many as fit.
private func deltaSeconds(_ text: String) -> Int? {
  text.isDigits ? Int(text) ?? .max : nil
}

/// An HTTP date in any of the three forms that RFC 9110 §5.6.7 makes a recipient accept: today's,
/// RFC 850's and `asctime`'s.
///
/// The C functions read English names, because no program here calls `setlocale`.
private func secondsSince1970(_ date: String) -> Int? {
  let forms = ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
  return forms.lazy.compactMap { form in
    var time = tm()
    let isWhole = date.withCString { strptime($0, form, &time)?.pointee == 0 }
    return isWhole ? timegm(&time) : nil
  }.first
}
