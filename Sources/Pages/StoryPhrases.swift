import FastCGI
import Gupy
import Journal
import Lookup

/// What is said of what happened to an event.
package protocol StoryPhrases: Sendable {
  var applied: String { get }
  func moved(to step: String?) -> String
  var unreadableEvent: String { get }
  var arrived: String { get }
  var erased: String { get }
  func problem(_ path: String, _ problem: String) -> String
  func opened(by who: String) -> String
  func attempt(_ provider: String) -> String
  func template(_ name: String) -> String
  func rule(_ name: String) -> String
  var although: String { get }
  func verdict(_ status: Outcome.Status) -> String
  func reason(_ reason: IgnoreReason) -> String
  func message(_ id: String) -> String
  var closed: String { get }
  var inHand: String { get }
  var done: String { get }
  func need(_ need: RetryStatus) -> Need
}

/// What a person is told of events that are not done.
package struct Need {
  /// What they have in common.
  let name: String
  /// Why, and what a person does first.
  package let reason: String
  private let steps: [(command: String, effect: String)]

  /// - Parameter steps: the commands that settle all such events, in their order, each with what it
  ///   does.
  init(name: String, reason: String, commands steps: [(command: String, effect: String)]) {
    (self.name, self.reason, self.steps) = (name, reason, steps)
  }

  /// The commands that settle it, in their order, each with what it does.
  ///
  /// - Parameter application: the only application that they are for; nil for all.
  package func commands(
    application: Int64? = nil
  ) -> [(command: String, effect: String)] {
    let only = application.map { " --application \($0)" } ?? ""
    return steps.map { ($0.command + only, $0.effect) }
  }
}

extension StoryPhrases {
  /// What a line of an application's file says, the most important first.
  package func words(of line: Line) -> [String] {
    if let event = line.event {
      return [arrived] + (line.isErased ? [erased] : [])
        + event.problems.map { problem($0.path.rawValue, $0.problem.rawValue) }
    }
    return [
      line.attempt.map(words), line.outcome.map(words), line.reopenedBy.map(opened),
    ].compactMap(\.self)
  }

  /// What an event is.
  package func headline(_ event: WebhookEvent.Details?) -> String {
    switch event?.type {
    case .applicationCreated: applied
    case .applicationMoved: moved(to: event?[.currentStepName])
    case nil: unreadableEvent
    }
  }

  private func words(of attempt: Attempt) -> String {
    [
      self.attempt(attempt.provider), attempt.template.map(template), attempt.rule.map(rule),
      attempt.isResend ? although : nil,
    ].compactMap(\.self).joined(separator: ", ")
  }

  private func words(of outcome: Outcome) -> String {
    let problems = outcome.problems.map { problems in
      problems.map { "\($0.path) \($0.problem)" }.joined(separator: ", ")
    }
    guard outcome != .closed else { return closed }
    let details = [
      why(outcome), problems, outcome.httpStatus.map { "HTTP \($0)" },
      outcome.messageId.map(message),
    ].compactMap(\.self).joined(separator: ", ")
    return details.isEmpty
      ? verdict(outcome.status) : "\(verdict(outcome.status)) (\(details))"
  }

  /// Why, in words where there are some.
  private func why(_ outcome: Outcome) -> String? {
    guard outcome.status == .ignored else { return outcome.reason }
    return outcome.reason.flatMap(IgnoreReason.init).map(reason)
  }
}
