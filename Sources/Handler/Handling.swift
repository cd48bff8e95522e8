import Gupy
import HTTPClient
import Journal
import Messaging

/// One event on its way through the house: decide, attempt, deliver, record.
struct Handling {
  typealias Details = WebhookEvent.Details

  let event: WebhookEvent
  let site: Site
  let deadline: Deadline
  let client: HTTPClient
  let now: () -> Timestamp
  private(set) var times = LogLine.Times()

  /// From then on Gupy gives up soon: an event that is on disk belongs to `gatilhoctl retry`.
  private static let ownedAfter = Duration.seconds(90 * 60)

  init(
    event: WebhookEvent, site: Site, deadline: Deadline, client: HTTPClient,
    now: @escaping () -> Timestamp
  ) {
    self.event = event
    self.site = site
    self.deadline = deadline
    self.client = client
    self.now = now
  }

  /// Handles the event under its application's lock. What is answered is on disk.
  mutating func answer() throws(JournalError) -> Answer {
    var story = try open()
    let known = story.history.entry(event.id)
    switch known?.state {
    case .finished(let outcome):
      try keep(&story, [])
      return .settled(id: event.id, outcome, isDuplicate: true)
    case .unconfirmed:
      return try hold(&story, known)
    case nil, .undecided, .unavailable:
      return try decide(&story, known)
    }
  }

  /// The message may have been sent, by a process that died or by a call without an answer.
  private mutating func hold(
    _ story: inout Story<Details>, _ known: Entry<Details>?
  ) throws(JournalError) -> Answer {
    if let outcome = known?.outcome, outcome.status == .unconfirmed {
      try keep(&story, [])
      return .settled(id: event.id, outcome, isDuplicate: true)
    }
    let outcome = Outcome(.unconfirmed, reason: "interrupted")
    return try settle(&story, known, outcome)
  }

  private mutating func decide(
    _ story: inout Story<Details>, _ known: Entry<Details>?
  ) throws(JournalError) -> Answer {
    let stored = WebhookEvent(id: event.id, details: known?.event ?? event.details)
    let policy = Policy(configuration: site.configuration, now: now())
    switch policy.decide(stored, history: story.history) {
    case .ignore(let reason):
      return try settle(&story, known, Outcome(.ignored, reason: reason.rawValue))
    case .undeliverable(let problems):
      return try settle(&story, known, Outcome(.undeliverable, problems: problems))
    case .deliver where !deadline.allowsSending:
      return try settle(&story, known, Outcome(.unavailable, reason: "deadline"))
    case .deliver(let request, let attempt):
      return try deliver(&story, known, request, attempt)
    }
  }

  /// The attempt is on disk before a byte leaves, the outcome before Gupy hears of it.
  private mutating func deliver(
    _ story: inout Story<Details>, _ known: Entry<Details>?, _ request: HTTPRequest,
    _ attempt: Attempt
  ) throws(JournalError) -> Answer {
    let line = Line<Details>(at: now().description, eventId: event.id, attempt: attempt)
    try keep(&story, arrival(known) + [line])
    let start = ContinuousClock.now
    let delivery = site.configuration.provider.deliver(
      request, with: client, limits: deadline.callLimits)
    times.provider = ContinuousClock.now - start
    let outcome = Outcome(delivery)
    try keep(&story, [ending(outcome)])
    return answer(outcome, known, retryAfter: delivery.retryAfter)
  }

  private mutating func settle(
    _ story: inout Story<Details>, _ known: Entry<Details>?, _ outcome: Outcome
  ) throws(JournalError) -> Answer {
    try keep(&story, arrival(known) + [ending(outcome)])
    return answer(outcome, known)
  }

  /// What Gupy is to do: come again only where that can help.
  private func answer(
    _ outcome: Outcome, _ known: Entry<Details>?, retryAfter asked: Int? = nil
  ) -> Answer {
    guard outcome.status == .unavailable, !isOwned(known) else {
      return .settled(id: event.id, outcome, isDuplicate: false)
    }
    return .again(id: event.id, outcome, after: max(retryAfter, asked ?? 0))
  }

  private func isOwned(_ known: Entry<Details>?) -> Bool {
    guard let first = known.flatMap({ Timestamp($0.firstAt) }) else { return false }
    return now().milliseconds - first.milliseconds >= Self.ownedAfter.components.seconds * 1_000
  }
}

extension Handling {
  /// The event's own line, unless it is on disk.
  private func arrival(_ known: Entry<Details>?) -> [Line<Details>] {
    guard known?.event == nil else { return [] }
    return [Line(at: now().description, eventId: event.id, event: event.details)]
  }

  private func ending(_ outcome: Outcome) -> Line<Details> {
    Line(at: now().description, eventId: event.id, outcome: outcome)
  }

  private mutating func open() throws(JournalError) -> Story<Details> {
    let start = ContinuousClock.now
    defer { times.journal += ContinuousClock.now - start }
    let application = event.details.application.id.number
    return try site.openJournal().open(application, wait: deadline.lockWait)
  }

  private mutating func keep(
    _ story: inout Story<Details>, _ lines: [Line<Details>]
  ) throws(JournalError) {
    let start = ContinuousClock.now
    defer { times.journal += ContinuousClock.now - start }
    try story.keep(event.id, adding: lines)
  }
}

extension Outcome {
  private static let misconfigured = "misconfigured"

  /// Whether the provider will refuse everybody until a person mends something.
  var isMisconfigured: Bool {
    status == .unavailable && reason?.hasPrefix(Self.misconfigured) == true
  }

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
      reason = [Self.misconfigured, delivery.reason].compactMap(\.self).joined(separator: ": ")
    }
    self.init(
      status, reason: reason, messageId: delivery.messageId, httpStatus: delivery.httpStatus)
  }
}
