extension Timestamp {
  /// How far two clocks may be apart before one of them is wrong, in milliseconds.
  private static let tolerance: Int64 = 5 * 60_000

  /// Whether this moment, by another's clock, is so far ahead of a moment by ours that it cannot
  /// have come by then.
  package func isAhead(of moment: Timestamp) -> Bool {
    milliseconds - moment.milliseconds > Self.tolerance
  }
}

extension WebhookEvent.Details {
  /// When it happened, for order alone: a date that is ahead of the arrival counts as the arrival, so
  /// that a move dated 2099 does not outdate those that follow. Never later than `date`.
  ///
  /// - Parameter arrival: when the event first came, by our clock; nil where nobody knows.
  package func moment(arrival: Timestamp?) -> Timestamp {
    guard let arrival, date.isAhead(of: arrival) else { return date }
    return arrival
  }

  /// The same with the problem that its date is ahead of the arrival, if it is.
  ///
  /// What was kept by a program that did not look has no such problem: it is told whenever the
  /// details are read beside the moment of their line.
  package func arrived(at arrival: Timestamp) -> Self {
    let problem = WebhookEvent.Problem(path: .eventDate, problem: .ahead)
    guard date.isAhead(of: arrival), !problems.contains(problem) else { return self }
    return Self(
      type: type, date: date, companyName: companyName, job: job, application: application,
      candidate: candidate, currentStep: currentStep, previousStep: previousStep,
      problems: problems + [problem])
  }
}
