import Configuration
import FastCGI
import Gupy
import JSON
import Journal
import Messaging

/// What is to be done with an event, from the configuration and the application's history alone.
package struct Policy: Sendable {
  let configuration: Configuration
  let now: Timestamp

  /// The rules of a configuration at a moment.
  package init(configuration: Configuration, now: Timestamp) {
    self.configuration = configuration
    self.now = now
  }

  /// What is to be done.
  package enum Decision {
    case deliver(PendingMessage, Attempt)
    case ignore(IgnoreReason)
    case undeliverable([Outcome.Problem])
  }

  /// The first that applies, in the order of `IgnoreReason`; a missing phone comes before
  /// `notARecipient`, a missing value after it.
  package func decide(_ event: WebhookEvent, history: History) -> Decision {
    let known = history.entry(event.id)
    let others = history.others(than: event.id)
    let earlier = history.earlier(than: event.id)
    let moment = event.details.moment(arrival: known?.arrival ?? now)
    guard known?.isErased != true else { return .ignore(.erased) }
    guard !isExcepted(event.details) else { return .ignore(.exceptedStep) }
    guard let rule = configuration.rules.first(where: { $0.matches(event) }) else {
      return .ignore(.noRule)
    }
    guard !isRepeated(event, earlier), !isUsed(rule, others) else { return .ignore(.repeated) }
    guard rule.whenLate == .deliver || !isSuperseded(event, moment, others) else {
      return .ignore(.superseded)
    }
    guard !isStale(moment) else { return .ignore(.stale) }
    return message(event, rule)
  }

  private func isExcepted(_ details: WebhookEvent.Details) -> Bool {
    let name = details[.currentStepName].map(FoldedText.init)
    return details.isFinal || name.map(configuration.exceptSteps.contains) == true
  }

  /// Two registrations at Gupy deliver one move under two ids. Only what arrived before counts,
  /// or each of the two would be the other's repetition.
  private func isRepeated(_ event: WebhookEvent, _ earlier: ArraySlice<Entry>) -> Bool {
    earlier.lazy.compactMap(\.kept).contains { other in
      other.date == event.details.date && other.type == event.details.type
        && other.isInStep(of: event.details)
    }
  }

  private func isUsed(_ rule: MessageRule, _ others: [Entry]) -> Bool {
    rule.isOnce
      && others.contains { entry in
        // An attempt that cannot be read may have been this rule's.
        (entry.attempt == nil || entry.attempt?.rule == rule.name)
          && [.unconfirmed, .accepted].contains(entry.standing)
      }
  }

  /// Where the event's own date is not believed, arrivals alone are compared: else, between clocks that
  /// are five minutes apart, a move a little less ahead would silence the next, a little more. A move
  /// whose date nothing explains, because its arrival is ahead too or cannot be read, outdates nothing.
  private func isSuperseded(
    _ event: WebhookEvent, _ moment: Timestamp, _ others: [Entry]
  ) -> Bool {
    let isBelieved = moment == event.details.date
    return others.contains { other in
      guard let details = other.kept, details.type == .applicationMoved, details.date > moment
      else { return false }
      let newer =
        isBelieved
        ? details.moment(arrival: other.arrival)
        : min(details.date, other.arrival ?? details.date)
      return newer > moment && !newer.isAhead(of: now)
    }
  }

  /// Nothing happened after it arrived: what is dated ahead grows old like everything else.
  private func isStale(_ moment: Timestamp) -> Bool {
    guard let limit = configuration.staleAfter else { return false }
    return now - moment > limit
  }

  private func message(_ event: WebhookEvent, _ rule: MessageRule) -> Decision {
    guard let recipient = event.details.recipient else {
      return .undeliverable(event.details.problems(at: .candidateMobileNumber))
    }
    guard configuration.recipients.contain(recipient) else { return .ignore(.notARecipient) }
    do throws(MissingValues) {
      let message = try Message(event, to: recipient, by: rule)
      let provider = configuration.provider
      let attempt = Attempt(
        provider: provider.profile.name, template: rule.template, rule: rule.name)
      return .deliver(try provider.pending(message), attempt)
    } catch {
      return .undeliverable(
        error.names.map {
          Outcome.Problem(path: $0, problem: WebhookEvent.Problem.Kind.missing.rawValue)
        })
    }
  }
}

extension Policy.Decision {
  /// For a person: `send convite`, `ignored: superseded`.
  package var words: String {
    switch self {
    case .deliver(_, let attempt): "send \(attempt.template ?? "every field")"
    case .ignore(let reason): "ignored: \(reason.rawValue)"
    case .undeliverable(let problems):
      "undeliverable: " + problems.map { "\($0.path) \($0.problem)" }.joined(separator: ", ")
    }
  }
}

extension Message {
  /// What a rule makes of an event.
  ///
  /// - Throws: all paths that are required and absent.
  package init(
    _ event: WebhookEvent, to recipient: PhoneNumber, by rule: MessageRule
  ) throws(MissingValues) {
    let fields = event.fields
    self.init(
      id: event.id, recipient: recipient.e164, template: rule.template,
      parameters: try rule.values(of: fields), fields: fields, settings: rule.settings)
  }
}

extension WebhookEvent {
  /// All stored fields by path, cleaned.
  fileprivate var fields: [String: JSONValue] {
    Dictionary(
      uniqueKeysWithValues: EventPath.allCases.compactMap { path in
        value(at: path).flatMap(Values.clean).map { (path.rawValue, .string($0)) }
      })
  }
}

extension WebhookEvent.Details {
  /// What is wrong at a path with a value of no use: an earlier version may have found nothing.
  fileprivate func problems(at path: EventPath) -> [Outcome.Problem] {
    let known = problems.filter { $0.path == path }.map(\.problem)
    return (known.isEmpty ? [.notMobile] : known).map {
      Outcome.Problem(path: path.rawValue, problem: $0.rawValue)
    }
  }
}

extension Configuration.Recipients {
  fileprivate func contain(_ number: PhoneNumber) -> Bool {
    switch self {
    case .everyone: true
    case .nobody: false
    case .list(let numbers): numbers.contains(number)
    }
  }
}
