/// What must come of each delivery, told from all that happened before: no files, no locks, no
/// states, but a list of facts that the deliveries left behind.
struct Model {
  private let rules: Rules
  private var past: [Fact] = []

  /// Something that is known of an event, and outlived the delivery that made it known.
  private struct Fact {
    let event: Event
    let kind: Kind

    enum Kind: Equatable {
      case cameIn
      case mayHaveLeft
      case cameOf(Word)
    }
  }

  /// What Gupy is told of an event.
  struct Word: Equatable {
    let status: String
    var reason: String?
  }

  /// What one delivery must show.
  struct Expectation: Equatable {
    let code: Int
    let word: Word
    let isDuplicate: Bool
    /// How often the message is handed to the provider.
    let sends: Int
    /// How many lines it adds to the application's file, before its crash.
    let lines: Int
  }

  init(_ rules: Rules) {
    self.rules = rules
  }

  /// Takes note of a delivery, as far as its crash leaves anything of it.
  mutating func expect(_ post: Post) -> Expectation {
    if case .cameOf(let word) = last(post.event), word.status != "unavailable" {
      return Expectation(code: 200, word: word, isDuplicate: true, sends: 0, lines: 0)
    }
    let (word, isTried) = outcome(post)
    var news: [Fact.Kind] = past.contains { $0.event == post.event } ? [] : [.cameIn]
    if isTried { news.append(.mayHaveLeft) }
    news.append(.cameOf(word))
    let left =
      post.crash?.whole(of: news.count, attempt: news.firstIndex(of: .mayHaveLeft)) ?? news.count
    past += news.prefix(left).map { Fact(event: post.event, kind: $0) }
    return Expectation(
      code: word.status == "unavailable" ? 503 : 200, word: word, isDuplicate: false,
      sends: isTried && post.crash?.isSent != false ? 1 : 0, lines: news.count)
  }

  private func outcome(_ post: Post) -> (Word, isTried: Bool) {
    if last(post.event) == .mayHaveLeft {
      return (Word(status: "unconfirmed", reason: "interrupted"), false)
    }
    let silence = silence(about: post.event)
    return silence.map { ($0, false) } ?? (post.provider.word, true)
  }

  /// Why the candidate is not told, if so.
  private func silence(about event: Event) -> Word? {
    let causes = [
      ("exceptedStep", event.step == .hiring),
      ("noRule", !event.isMove && !rules.greets),
      ("repeated", hasEarlierTwin(event) || rules.invitesOnce && isInvited(event)),
      ("superseded", isLate(event) && !rules.sendsLate(event)),
    ]
    if let cause = causes.first(where: \.1) { return Word(status: "ignored", reason: cause.0) }
    return event.hasPhone ? nil : Word(status: "undeliverable")
  }

  private func last(_ event: Event) -> Fact.Kind? {
    past.last { $0.event == event }?.kind
  }

  private func hasEarlierTwin(_ event: Event) -> Bool {
    past.prefix { $0.event != event }.contains { $0.event.isTwin(of: event) }
  }

  /// Whether another event has used the invitation that this one asks for.
  private func isInvited(_ event: Event) -> Bool {
    event.isInterview
      && past.map(\.event).contains { other in
        other != event && other.application == event.application && other.isInterview
          && mayHaveLeft(other)
      }
  }

  private func mayHaveLeft(_ event: Event) -> Bool {
    switch last(event) {
    case .mayHaveLeft: true
    case .cameOf(let word): ["accepted", "unconfirmed"].contains(word.status)
    case .cameIn, nil: false
    }
  }

  private func isLate(_ event: Event) -> Bool {
    past.map(\.event).contains {
      $0.application == event.application && $0.isMove && $0.minute > event.minute
    }
  }
}

extension Model.Word: CustomStringConvertible {
  var description: String { [status, reason].compactMap(\.self).joined(separator: ": ") }
}

extension Event {
  fileprivate var isInterview: Bool { isMove && step == .interview }

  fileprivate func isTwin(of other: Event) -> Bool {
    (application, isMove, minute, step)
      == (other.application, other.isMove, other.minute, other.step)
  }
}

extension Rules {
  fileprivate func sendsLate(_ event: Event) -> Bool {
    event.isMove ? sendsLateMoves : sendsLateApplications
  }
}

extension FarEnd {
  fileprivate var word: Model.Word {
    switch self {
    case .fine: Model.Word(status: "accepted")
    case .refuses: Model.Word(status: "rejected")
    case .limits: Model.Word(status: "unavailable")
    case .breaks, .hangsUp: Model.Word(status: "unconfirmed")
    }
  }
}
