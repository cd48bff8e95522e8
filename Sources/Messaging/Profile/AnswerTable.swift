import HTTPClient

/// A profile's table of answers.
extension [AnswerRule] {
  /// What the first row that matches an answer says; nil when none does.
  ///
  /// - Parameter id: the message's, for rows that look for it.
  func match(_ answer: HTTPResponse, id: String) -> AnswerRule.Match? {
    let body = AnswerBody(answer.body)
    guard answer.bodyFailure == nil, !body.breaksOff else {
      return match(unreadWithStatus: answer.status)
    }
    return lazy.compactMap { $0.match(status: answer.status, body, id: id) }.first
  }

  /// Of a body that broke nobody knows which row it would have matched: those that may have been the
  /// first speak where all of them say the same.
  private func match(unreadWithStatus status: Int) -> AnswerRule.Match? {
    let possible = filter { $0.matches(status) }
    guard let sure = possible.firstIndex(where: { !$0.readsBody }) else { return nil }
    let verdict = possible[sure].verdict
    return possible[...sure].allSatisfy { $0.verdict == verdict } ? (verdict, nil, nil) : nil
  }
}
