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
  private let known: Entry<Details>?
  /// What the log is told.
  private(set) var line: LogLine

  /// From then on Gupy gives up soon: its last deliveries are answered 200, and the event stays on
  /// disk as unavailable.
  private static let lastCallAfter = Duration.seconds(90 * 60)

  /// Takes the application's lock and reads its file.
  init(
    _ event: WebhookEvent, at site: Site, by deadline: Deadline, now: @escaping () -> Timestamp,
    log line: LogLine
  ) throws(JournalError) {
    let start = ContinuousClock.now
    let journal = site.journal
    let application = event.details.application.id.number
    story = try journal.open(application, wait: deadline.lockWait)
    known = story.history.entry(event.id)
    self.event = event
    self.site = site
    self.deadline = deadline
    self.now = now
    self.line = line
    self.line.milliseconds.journal = ContinuousClock.now - start
    self.line.complain(of: story.history.unreadableLines, in: journal.path(of: application))
  }

  /// Handles the event. What is answered is on disk.
  mutating func answer(with client: HTTPClient) throws(JournalError) -> Answer {
    switch known?.state {
    case .finished(let outcome): return try repeated(outcome)
    case .unconfirmed: return try hold()
    case nil, .undecided, .unavailable: return try decide(client)
    }
  }

  private mutating func repeated(_ outcome: Outcome) throws(JournalError) -> Answer {
    try keep([])
    return .settled(id: event.id, outcome, isDuplicate: true)
  }

  /// The message may have been sent, by a process that died or by a call without an answer.
  private mutating func hold() throws(JournalError) -> Answer {
    if let outcome = known?.outcome, outcome.status == .unconfirmed { return try repeated(outcome) }
    return try settle(Outcome(.unconfirmed, reason: "interrupted"))
  }

  private mutating func decide(_ client: HTTPClient) throws(JournalError) -> Answer {
    let stored = WebhookEvent(id: event.id, details: known?.event ?? event.details)
    let policy = Policy(configuration: site.configuration, now: now())
    switch policy.decide(stored, history: story.history) {
    case .ignore(let reason):
      return try settle(Outcome(.ignored, reason: reason.rawValue))
    case .undeliverable(let problems):
      return try settle(Outcome(.undeliverable, problems: problems))
    case .deliver where !deadline.allowsSending:
      return try settle(Outcome(.unavailable, reason: "deadline"))
    case .deliver(let request, let attempt):
      return try deliver(request, attempt, client)
    }
  }

  /// The attempt is on disk before a byte leaves, the outcome before Gupy hears of it.
  private mutating func deliver(
    _ request: HTTPRequest, _ attempt: Attempt, _ client: HTTPClient
  ) throws(JournalError) -> Answer {
    let attempt = Line<Details>(at: now().description, eventId: event.id, attempt: attempt)
    try keep(arrival + [attempt])
    let start = ContinuousClock.now
    let provider = site.configuration.provider
    // The attempt's sync may have been slow.
    let delivery =
      deadline.allowsSending
      ? provider.deliver(request, with: client, limits: HTTPLimits())
      : Delivery(.unavailable, reason: "deadline")
    line.milliseconds.provider = ContinuousClock.now - start
    line.complain(of: delivery, by: provider.profile.name)
    let outcome = Outcome(delivery)
    try keep([ending(outcome)])
    return answer(outcome, retryAfter: delivery.retryAfter)
  }

  private mutating func settle(_ outcome: Outcome) throws(JournalError) -> Answer {
    try keep(arrival + [ending(outcome)])
    return answer(outcome)
  }

  /// What Gupy is to do: come again only where that can help.
  private func answer(_ outcome: Outcome, retryAfter asked: Int? = nil) -> Answer {
    guard outcome.status == .unavailable, !isLastCall else {
      return .settled(id: event.id, outcome, isDuplicate: false)
    }
    return .again(id: event.id, outcome, after: Answer.retryAfter(asked))
  }

  private var isLastCall: Bool {
    guard let first = known.flatMap({ Timestamp($0.firstAt) }) else { return false }
    return .milliseconds(now().milliseconds - first.milliseconds) >= Self.lastCallAfter
  }

  /// The event's own line, unless it is on disk.
  private var arrival: [Line<Details>] {
    guard known?.event == nil else { return [] }
    return [Line(at: now().description, eventId: event.id, event: event.details)]
  }

  private func ending(_ outcome: Outcome) -> Line<Details> {
    Line(at: now().description, eventId: event.id, outcome: outcome)
  }

  private mutating func keep(_ lines: [Line<Details>]) throws(JournalError) {
    let start = ContinuousClock.now
    defer { line.milliseconds.journal += ContinuousClock.now - start }
    try story.keep(event.id, adding: lines)
  }
}

extension Outcome {
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
