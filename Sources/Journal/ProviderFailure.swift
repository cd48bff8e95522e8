import JSON

/// A message that the provider did not take: a line of `provider.jsonl`.
package struct ProviderFailure: Sendable {
  /// When, in milliseconds since 1970.
  let at: Int64
  /// What its answer, or the lack of one, meant.
  package let verdict: String
  /// The HTTP status; nil when there was no answer.
  private let status: Int?
  /// The provider's code, or the network's words.
  private let reason: String?
  /// How long the provider asked to wait, in seconds.
  private let retryAfter: Int?

  /// Up to the year 9999: with any other number it could not be counted.
  private static let possible: ClosedRange<Int64> = 0...253_402_300_799_999
  /// Gupy repeats for two hours; in milliseconds.
  private static let longest: Int64 = 7_200_000

  /// - Parameters:
  ///   - at: milliseconds since 1970.
  ///   - reason: the network's words where there is no status. With one the provider's, which may
  ///     quote the message: of these only what is certainly a code is kept.
  ///   - retryAfter: in seconds.
  package init(
    at: Int64, verdict: String, status: Int? = nil, reason: String? = nil, retryAfter: Int? = nil
  ) {
    (self.at, self.verdict, self.status) = (at, verdict, status)
    self.reason = status == nil ? reason : reason.flatMap { $0.isCode ? $0 : nil }
    self.retryAfter = retryAfter
  }

  /// What happened, in codes: `misconfigured 401`, `unavailable 429 RATE_LIMIT`,
  /// `unconfirmed: Timeout was reached`.
  package var cause: String {
    guard let status else { return [verdict, reason].compactMap(\.self).joined(separator: ": ") }
    return [verdict, String(status), reason].compactMap(\.self).joined(separator: " ")
  }

  /// How long the provider asked to wait, within reason, in milliseconds.
  var asked: Int64 { min(max(0, Int64(retryAfter ?? 0)), Self.longest / 1_000) * 1_000 }
}

extension String {
  /// Capitals, digits and marks, a digit or an underscore among them: no name, no sentence; with fewer
  /// than eight digits: no telephone, no document.
  fileprivate var isCode: Bool {
    wholeMatch(of: /[A-Z0-9_.\-]{1,40}/) != nil && contains(/[0-9_]/)
      && utf8.count(where: \.isASCIIDigit) < 8
  }
}

extension ProviderFailure: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    at = Int64(try json.integer("at").orMismatch)
    guard Self.possible ~= at else { throw JSONMismatch() }
    verdict = try json.text("verdict").orMismatch
    status = try json.integer("status")
    reason = try json.text("reason")
    retryAfter = try json.integer("retryAfter")
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("at", at)
      $0.member("reason", reason)
      $0.member("retryAfter", retryAfter)
      $0.member("status", status)
      $0.member("verdict", verdict)
    }
  }
}
