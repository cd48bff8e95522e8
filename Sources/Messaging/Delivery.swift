import HTTPClient
import JSON

/// What became of handing a message to a provider.
package struct Delivery: Equatable, Sendable {
  /// What the provider's answer, or the lack of one, means.
  package private(set) var verdict: Verdict
  /// The provider's id of the message it took, at most `longest` bytes.
  package private(set) var messageId: String?
  /// The provider's code, or the network's words, at most `longest` bytes.
  package private(set) var reason: String?
  /// Absent when no status was answered.
  package private(set) var httpStatus: Int?
  /// Seconds that the provider asked to wait, at most `HTTPResponse.longestWait`.
  package private(set) var retryAfter: Int?

  /// Bytes of UTF-8 that are kept of a provider's words: far beyond any id or code.
  package static let longest = 256

  /// A delivery without an answer.
  package init(_ verdict: Verdict, reason: String? = nil) {
    self.verdict = verdict
    self.reason = reason
  }

  /// An answer by the first rule that matches it, else `otherwise`, else by its status.
  ///
  /// - Parameter id: the message's, which a rule may look for.
  init(
    _ answer: HTTPResponse, rules: [AnswerRule], id: String = "", otherwise: Verdict? = nil
  ) {
    let match = rules.match(answer, id: id)
    let asked = answer.secondsToWait()
    verdict =
      match?.verdict ?? otherwise ?? Verdict(status: answer.status, asksToWait: asked != nil)
    messageId = match?.messageId
    // Elsewhere the status says it all; in doubt a person wants to know why there is doubt.
    reason = match?.reason ?? (verdict == .unconfirmed ? answer.bodyFailure : nil)
    httpStatus = answer.status
    retryAfter = asked
  }
}

extension Delivery {
  /// Why it is as it is, for a person: `HTTP 401, 20003`; empty where nothing is known.
  package var cause: String {
    [httpStatus.map { "HTTP \($0)" }, reason].compactMap(\.self).joined(separator: ", ")
  }

  /// What the answer to a request means that sends no message: nothing is in doubt.
  var withNothingSent: Delivery {
    var delivery = self
    if verdict == .unconfirmed { delivery.verdict = .unavailable }
    return delivery
  }

  /// The same with the provider's words changed.
  func mapWords(_ change: (String) -> String) -> Delivery {
    var delivery = self
    delivery.messageId = messageId.map(change)
    delivery.reason = reason.map(change)
    return delivery
  }
}
