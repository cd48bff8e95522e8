import Configuration
import FastCGI
import Gupy
import HTTPClient
import Journal
import Messaging

/// One event on its way, under its application's lock: decide, attempt, deliver,
/// record.
package struct Handling: ~Copyable {
  private let event: WebhookEvent
  private let site: Site
  private let deadline: Deadline
  private let now: () -> Timestamp
  private let unsaved: Unsaved
  /// Tells everybody that this process is at work, and since when.
  private let mark: Working.Mark?
  private var record: EventRecord
  private let isReopened: Bool
  /// Whether a message that may have been sent may be sent once more.
  private var mayResend: Bool
  private var logged: LogLine

  /// From then on Gupy gives up soon: its last deliveries are answered 200, and the event stays on
  /// disk as unavailable.
  private static let lastCallAfter = Duration.seconds(90 * 60)

  /// Takes the application's lock and reads its file.
  ///
  /// - Parameters:
  ///   - unsaved: is told while this process must not be ended; nil for one that is no worker.
  ///   - reopenedBy: who wants it so: that the event is to be handled whatever became of it.
  package init(
    _ event: WebhookEvent, at site: Site, by deadline: Deadline, now: @escaping () -> Timestamp,
    log line: LogLine, unsaved: Unsaved? = nil, reopenedBy: String? = nil
  ) throws(JournalError) {
    mark = site.journal.working.begin(.handling, now: now().milliseconds)
    self.unsaved = unsaved ?? Unsaved()
    let record = try EventRecord(
      event, in: site.journal, wait: deadline.lockWait, isWorker: unsaved != nil,
      reopenedBy: reopenedBy, now: now)
    logged = line
    mayResend =
      site.configuration.whenUnconfirmed == .resend && record.known?.isResent != true
      && record.known?.isErased != true
    isReopened = reopenedBy != nil
    self.event = event
    self.site = site
    self.deadline = deadline
    self.now = now
    self.record = record
    tellOfStory()
    tellOfDate()
  }

  /// Lines that hold what they are about.
  private mutating func tellOfStory() {
    let file = site.journal.path(of: event.details.application.number)
    let unreadable = record.history.unreadableLines.map(String.init).joined(separator: ", ")
    if !unreadable.isEmpty {
      logged.complain(
        "\(file): cannot read line \(unreadable): unfinished events of this file are held")
    } else if let known, known.isInDoubt, known.standing == .unconfirmed {
      logged.complain("\(file): a line of this event is another program's: it is held")
    }
  }

  /// A new event that is dated ahead.
  private mutating func tellOfDate() {
    let arrival = now()
    guard known == nil, event.details.date.isAhead(of: arrival) else { return }
    let seconds = (event.details.date.milliseconds - arrival.milliseconds) / 1_000
    logged.complain(
      "event.date is \(seconds) s ahead of this machine's clock: it counts as now", as: .warning)
    let evidence = "\(event.details.application): \(event.details.date)"
    site.journal.notes.note(.futureDate, evidence, now: arrival.milliseconds)
  }

  /// What is on disk of the event from earlier deliveries.
  package var known: Entry? { record.known }

  /// What the log is told.
  package var line: LogLine {
    var line = logged
    line.milliseconds.journal = record.time
    if let failure = record.indexFailure {
      line.complain("\(failure): gatilhoctl reindex mends the day index", as: .warning)
    }
    return line
  }

  /// Handles the event. What is answered is on disk.
  package mutating func answer(with client: HTTPClient) throws(JournalError) -> Answer {
    try answer(client, deadline.allowsSending ? .now : .later)
  }

  private mutating func answer(
    _ client: HTTPClient, _ asking: Next.Asking
  ) throws(JournalError) -> Answer {
    let next = Next(
      known?.standing, mayResend: mayResend, asking: canConfirm ? asking : .never,
      isReopened: isReopened, isLastCall: isLastCall)
    switch next {
    case .decide: return try decide(client)
    case .hold, .repeat: return try stay()
    case .ask:
      if let answer = try confirmed(by: client) { return answer }
      return try answer(client, .later)
    }
  }

  /// Closes the event, which a person has settled by other means.
  package mutating func close() throws(JournalError) -> Answer {
    try settle(.closed)
  }

  private mutating func repeated(_ outcome: Outcome) throws(JournalError) -> Answer {
    try record.keepKnown()
    return answer(outcome, isDuplicate: true)
  }

  /// The event stays where it stands; without an outcome that says so, its message may have been sent by
  /// a process that died.
  private mutating func stay() throws(JournalError) -> Answer {
    if let known, let outcome = known.outcome, Standing(outcome) == known.standing {
      return try repeated(outcome)
    }
    return try settle(Outcome(.unconfirmed, reason: "interrupted"))
  }

  /// What the provider says of a message that may have been sent; nil when that is as unclear as
  /// before.
  private mutating func confirmed(
    by client: HTTPClient
  ) throws(JournalError) -> Answer? {
    let start = ContinuousClock.now
    let answer = site.configuration.provider.confirm(event.id, with: client)
    logged.milliseconds.provider = ContinuousClock.now - start
    switch answer?.verdict {
    case .accepted, .rejected, .unavailable:
      return try answer.map { delivery throws(JournalError) in try settle(Outcome(delivery)) }
    case .unconfirmed, .misconfigured, nil: return nil
    }
  }

  private mutating func decide(_ client: HTTPClient) throws(JournalError) -> Answer {
    let stored = WebhookEvent(id: event.id, details: known?.event ?? event.details)
    let policy = Policy(configuration: site.configuration, now: now())
    switch policy.decide(stored, history: record.history) {
    case .deliver where !deadline.allowsSending:
      return try leave(Outcome(.unavailable, reason: "deadline"))
    case .deliver(let pending, let attempt):
      guard let permit = try site.journal.breaker.enter(now: now().milliseconds) else {
        return try leave(Outcome(.unavailable, reason: "paused"))
      }
      return try deliver(pending, attempt, client, permit)
    case .ignore(let reason): return try leave(.ignored(reason))
    case .undeliverable(let problems):
      return try leave(.undeliverable(problems))
    }
  }

  /// Nothing is sent: reopened in vain, the story stays as it is, and what may have been sent stays
  /// so whatever is decided now.
  private mutating func leave(_ outcome: Outcome) throws(JournalError) -> Answer {
    if isReopened, outcome == known?.outcome { return try repeated(outcome) }
    return try known?.standing == .unconfirmed ? stay() : settle(outcome)
  }

  /// The attempt is on disk before a byte leaves, the outcome before Gupy hears of it.
  ///
  /// Before that nothing is in doubt: a process that is killed while libcurl is loaded holds nothing.
  private mutating func deliver(
    _ pending: PendingMessage, _ attempt: Attempt, _ client: HTTPClient,
    _ permit: CircuitBreaker.Permit
  ) throws(JournalError) -> Answer {
    if let problem = client.load() {
      logged.complain(problem)
      return try leave(Outcome(.unavailable, reason: problem))
    }
    var attempt = attempt
    attempt.isResend = known?.standing == .unconfirmed
    mayResend = mayResend && !attempt.isResend
    let start = ContinuousClock.now
    // What says that a message is about to leave, and no more, would leave it in doubt.
    unsaved.isHeld = true
    defer { unsaved.isHeld = false }
    try record.keep(attempt)
    // A slow disk has eaten some of the time, and the outcome will need as much again.
    guard deadline.left >= Deadline.sendBudget + (ContinuousClock.now - start) else {
      return try settle(Outcome(.unavailable, reason: "deadline"))
    }
    let delivery = send(pending, client, permit)
    return try settle(Outcome(delivery), retryAfter: delivery.retryAfter)
  }

  private mutating func send(
    _ pending: PendingMessage, _ client: HTTPClient, _ permit: CircuitBreaker.Permit
  ) -> Delivery {
    let start = ContinuousClock.now
    let provider = site.configuration.provider
    // A call that never returns leaves it in doubt whether the process lives or not.
    unsaved.isHeld = false
    let delivery = provider.deliver(pending, with: client)
    unsaved.isHeld = true
    logged.milliseconds.provider = ContinuousClock.now - start
    if delivery.verdict == .misconfigured {
      let name = provider.profile.name
      logged.complain("\(name) refuses this account, key or address: mend provider.settings")
    }
    permit.note(delivery, now: now().milliseconds)
    return delivery
  }

  private mutating func settle(
    _ outcome: Outcome, retryAfter: Int? = nil
  ) throws(JournalError) -> Answer {
    let provider = logged.milliseconds.provider
    try record.keep(outcome, provider: provider == .zero ? nil : provider)
    return answer(outcome, retryAfter: retryAfter)
  }

  /// What Gupy is to do: come again only where that can help.
  private func answer(
    _ outcome: Outcome, isDuplicate: Bool = false, retryAfter asked: Int? = nil
  ) -> Answer {
    let canHelp =
      switch outcome.status {
      case .unavailable: true
      case .unconfirmed: mayResend || canConfirm
      case .accepted, .ignored, .undeliverable, .rejected: false
      }
    guard canHelp, !isLastCall else {
      return .settled(id: event.id, outcome, isDuplicate: isDuplicate)
    }
    return .again(id: event.id, outcome, after: Answer.retryAfter(asked))
  }

  /// Whether the provider can be asked what became of a message.
  private var canConfirm: Bool { site.configuration.provider.profile.canConfirm }

  private var isLastCall: Bool {
    guard let first = known?.arrival else { return false }
    return .milliseconds(now().milliseconds - first.milliseconds) >= Self.lastCallAfter
  }
}
