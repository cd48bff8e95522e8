import HTTPClient
import JSON

/// What became of handing a message to a provider.
package struct Delivery: Equatable, Sendable {
  /// What the provider's answer, or the lack of one, means.
  package let verdict: Verdict
  /// The provider's id of the message it took.
  package var messageId: String?
  /// The provider's code, or the network's words.
  package var reason: String?
  /// Absent when there was no readable answer.
  package var httpStatus: Int?
  /// Seconds that the provider asked to wait.
  package var retryAfter: Int?

  /// A delivery without an answer.
  package init(_ verdict: Verdict, reason: String? = nil) {
    self.verdict = verdict
    self.reason = reason
  }

  /// An answer by the first rule that matches it, else `otherwise`, else by its status.
  init(_ answer: HTTPResponse, rules: [AnswerRule], otherwise: Verdict? = nil) {
    let body = JSONValue(answer.body)
    let match = rules.lazy.compactMap { $0.match(status: answer.status, answer: body) }.first
    verdict =
      match?.verdict ?? otherwise
      ?? Verdict(status: answer.status, hasRetryAfter: answer.retryAfter != nil)
    messageId = match?.messageId
    reason = match?.reason
    httpStatus = answer.status
    retryAfter = answer.secondsToWait()
  }
}
