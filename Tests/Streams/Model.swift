/// What must come of each delivery, told from all that happened before: no files, no locks, no
/// states, but a list of facts that the deliveries left behind.
struct Model {
  private let rules: Rules
  private var past: [Fact] = []

  /// Something that is known of an event, and outlived the delivery that made it known.
  private struct Fact {
    let event: Event
    let kind: Kind
    /// How many deliveries came before the one that made it known.
    let number: Int

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
  ///
  /// - Parameter number: how many came before it.
  mutating func expect(_ post: Post, _ number: Int) -> Expectation {
    if case .cameOf(let word) = last(post.event), word.status != "unavailable" {
      return Expectation(code: 200, word: word, isDuplicate: true, sends: 0, lines: 0)
    }
    let (word, isTried) = outcome(post, number)
    var news: [Fact.Kind] = past.contains { $0.event == post.event } ? [] : [.cameIn]
    if isTried { news.append(.mayHaveLeft) }
    news.append(.cameOf(word))
    let left =
      post.crash?.whole(of: news.count, attempt: news.firstIndex(of: .mayHaveLeft)) ?? news.count
    past += news.prefix(left).map { Fact(event: post.event, kind: $0, number: number) }
    return Expectation(
      code: word.status == "unavailable" ? 503 : 200, word: word, isDuplicate: false,
      sends: isTried && post.crash?.isSent != false ? 1 : 0, lines: news.count)
  }

  private func outcome(_ post: Post, _ number: Int) -> (Word, isTried: Bool) {
    if last(post.event) == .mayHaveLeft {
      return (Word(status: "unconfirmed", reason: "interrupted"), false)
    }
    let silence = silence(about: post.event, number)
    return silence.map { ($0, false) } ?? (post.provider.word, true)
  }

  /// Why the candidate is not told, if so.
  private func silence(about event: Event, _ number: Int) -> Word? {
    let causes = [
      ("exceptedStep", event.step == .hiring),
      ("noRule", !event.isMove && !rules.greets),
      ("repeated", hasEarlierTwin(event) || rules.invitesOnce && isInvited(event)),
      ("superseded", isLate(event, number) && !rules.sendsLate(event)),
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

  private func isLate(_ event: Event, _ number: Int) -> Bool {
    past.map(\.event).contains {
      $0.application == event.application && $0.isMove
        && halfMinute($0, number, isSure: event.isAhead) > halfMinute(event, number)
    }
  }

  /// When it happened, as far as anybody can tell: a date of another century says nothing, but it was
  /// there when it first came.
  ///
  /// - Parameter isSure: whether it has to be a moment by which it was there, whatever its date.
  private func halfMinute(_ event: Event, _ number: Int, isSure: Bool = false) -> Int {
    let arrival = (past.first { $0.event == event }?.number ?? number) * 2 + 1
    if event.isAhead { return arrival }
    return isSure ? min(event.minute * 2, arrival) : event.minute * 2
  }
}

extension Model.Word: CustomStringConvertible {
  var description: String { [status, reason].compactMap(\.self).joined(separator: ": ") }
}

extension Event {
  fileprivate var isInterview: Bool { isMove && step == .interview }

  fileprivate func isTwin(of other: Event) -> Bool {
    (application, isMove, minute, isAhead, step)
      == (other.application, other.isMove, other.minute, other.isAhead, other.step)
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
