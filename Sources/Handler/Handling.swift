import Gupy
import HTTPClient
import Journal
import Messaging

/// One event on its way through the house, under its application's lock: decide, attempt, deliver,
/// record.
struct Handling: ~Copyable {
  typealias Details = WebhookEvent.Details

  private let event: WebhookEvent
  private let site: Site
  private let deadline: Deadline
  private let now: () -> Timestamp
  private var story: Story<Details>
  /// What is on disk of the event from earlier deliveries.
  let known: Entry<Details>?
  /// Whether a message that may have been sent may be sent once more.
  private var mayResend: Bool
  /// Who wants it handled whatever became of it.
  private let reopened: Reopened?
  /// What the log is told.
  private(set) var line: LogLine

  /// From then on Gupy gives up soon: its last deliveries are answered 200, and the event stays on
  /// disk as unavailable.
  private static let lastCallAfter = Duration.seconds(90 * 60)

  /// Takes the application's lock and reads its file.
  ///
  /// - Parameter reopened: that the event is to be handled whatever became of it.
  init(
    _ event: WebhookEvent, at site: Site, by deadline: Deadline, now: @escaping () -> Timestamp,
    log line: LogLine, reopened: Reopened? = nil
  ) throws(JournalError) {
    let start = ContinuousClock.now
    let journal = site.journal
    let application = event.details.application.id.number
    self.event = event
    self.site = site
    self.deadline = deadline
    self.now = now
    self.line = line
    self.reopened = reopened
    story = try journal.open(application, wait: deadline.lockWait)
    known = story.history.entry(event.id)
    mayResend = site.configuration.whenUnconfirmed == .resend && known?.isResent != true
    self.line.milliseconds.journal = ContinuousClock.now - start
    self.line.complain(of: story.history.unreadableLines, in: journal.path(of: application))
  }

  /// Handles the event. What is answered is on disk.
  mutating func answer(with client: HTTPClient) throws(JournalError) -> Answer {
    guard reopened == nil else { return try decide(client) }
    switch known?.state {
    case .finished(let outcome): return try repeated(outcome)
    case .unconfirmed: return try mayResend ? decide(client) : hold()
    case nil, .undecided, .unavailable: return try decide(client)
    }
  }

  /// Closes the event, which a person has settled by other means.
  mutating func close() throws(JournalError) -> Answer {
    try settle(Outcome(.accepted, reason: "marked"))
  }

  private mutating func repeated(_ outcome: Outcome) throws(JournalError) -> Answer {
    try keep([])
    return answer(outcome, isDuplicate: true)
  }

  /// The message may have been sent, by a process that died or by a call without an answer.
  private mutating func hold() throws(JournalError) -> Answer {
    if let outcome = known?.outcome, outcome.status == .unconfirmed { return try repeated(outcome) }
    return try settle(Outcome(.unconfirmed, reason: "interrupted"))
  }

  private mutating func decide(_ client: HTTPClient) throws(JournalError) -> Answer {
    let stored = WebhookEvent(id: event.id, details: known?.event ?? event.details)
    let policy = Policy(configuration: site.configuration, now: now())
    let decision = policy.decide(stored, history: story.history)
    if case .deliver(let request, let attempt) = decision, deadline.allowsSending {
      return try deliver(request, attempt, client)
    }
    // What may have been sent stays so, whatever is decided now.
    return try known?.state == .unconfirmed ? hold() : settle(Outcome(decision))
  }

  /// The attempt is on disk before a byte leaves, the outcome before Gupy hears of it.
  private mutating func deliver(
    _ request: HTTPRequest, _ attempt: Attempt, _ client: HTTPClient
  ) throws(JournalError) -> Answer {
    var attempt = attempt
    attempt.resend = known?.state == .unconfirmed ? true : nil
    try keep(
      arrive() + [Line(at: now().description, eventId: event.id, attempt: attempt)])
    let start = ContinuousClock.now
    let provider = site.configuration.provider
    let delivery = provider.deliver(request, with: client, limits: deadline.callLimits)
    line.milliseconds.provider = ContinuousClock.now - start
    line.complain(of: delivery, by: provider.profile.name)
    let outcome = Outcome(delivery)
    try conclude([], outcome)
    mayResend = mayResend && attempt.resend == nil
    return answer(outcome, retryAfter: delivery.retryAfter)
  }

  private mutating func settle(_ outcome: Outcome) throws(JournalError) -> Answer {
    // Reopened in vain, the story stays as it is.
    if reopened != nil, outcome == known?.outcome { return try repeated(outcome) }
    try conclude(arrive(), outcome)
    return answer(outcome)
  }

  private mutating func conclude(
    _ lines: [Line<Details>], _ outcome: Outcome
  ) throws(JournalError) {
    let end = Line<Details>(at: now().description, eventId: event.id, outcome: outcome)
    try keep(lines + [end])
    note(outcome)
  }

  /// What Gupy is to do: come again only where that can help.
  private func answer(
    _ outcome: Outcome, isDuplicate: Bool = false, retryAfter asked: Int? = nil
  ) -> Answer {
    let canHelp =
      switch outcome.status {
      case .unavailable: true
      case .unconfirmed: mayResend
      case .accepted, .ignored, .undeliverable, .rejected: false
      }
    guard canHelp, !isLastCall else {
      return .settled(id: event.id, outcome, isDuplicate: isDuplicate)
    }
    return .again(id: event.id, outcome, after: Answer.retryAfter(asked))
  }

  private var isLastCall: Bool {
    guard let first = known.flatMap({ Timestamp($0.firstAt) }) else { return false }
    return .milliseconds(now().milliseconds - first.milliseconds) >= Self.lastCallAfter
  }

  /// Tells the day index, and returns what an attempt or an outcome needs before it: the event
  /// unless it is on disk, that it is open again.
  private mutating func arrive() -> [Line<Details>] {
    note(nil)
    let at = now().description
    let first = Line(at: at, eventId: event.id, event: event.details)
    let opening = reopened.map { Line<Details>(at: at, eventId: event.id, reopened: $0) }
    return [known?.event == nil ? first : nil, opening].compactMap(\.self)
  }

  private mutating func keep(_ lines: [Line<Details>]) throws(JournalError) {
    let start = ContinuousClock.now
    defer { line.milliseconds.journal += ContinuousClock.now - start }
    try story.keep(event.id, adding: lines)
  }

  /// Tells the day index, which is never the truth and so stops nothing when it fails.
  private mutating func note(_ outcome: Outcome?) {
    let (application, type) = (event.details.application.id.number, event.details.type.rawValue)
    do throws(JournalError) {
      try site.journal.days.append(
        DayLine(
          at: now().description, eventId: event.id, application: application, type: type,
          outcome: outcome))
    } catch {
      line.complain(ofIndex: error)
    }
  }
}

extension Outcome {
  /// What the journal keeps of a decision by which nothing is sent.
  fileprivate init(_ decision: Policy.Decision) {
    switch decision {
    case .deliver: self.init(.unavailable, reason: "deadline")
    case .ignore(let reason): self.init(.ignored, reason: reason.rawValue)
    case .undeliverable(let problems): self.init(.undeliverable, problems: problems)
    }
  }

  /// What the journal keeps of a delivery.
  fileprivate init(_ delivery: Delivery) {
    let status: Status
    var reason = delivery.reason
    switch delivery.verdict {
    case .accepted: status = .accepted
    case .rejected: status = .rejected
    case .unavailable: status = .unavailable
    case .unconfirmed: status = .unconfirmed
    case .misconfigured:
      status = .unavailable
      reason = ["misconfigured", delivery.reason].compactMap(\.self).joined(separator: ": ")
    }
    self.init(
      status, reason: reason, messageId: delivery.messageId, httpStatus: delivery.httpStatus)
  }
}
