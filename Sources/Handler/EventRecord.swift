import Gupy
import Journal
import Lookup

/// What is kept of one event, under its application's lock: its lines in the application's file, and
/// what the day index says of it.
struct EventRecord: ~Copyable {
  /// What is on disk of the event from earlier deliveries.
  let known: Entry?
  /// How long the lock, the reading and the syncs took.
  var time: Duration { opening + syncs }
  private let opening: Duration
  private var syncs = Duration.zero
  /// Why the day index, which is never the truth, could not be told.
  private(set) var indexFailure: JournalError?
  private let event: WebhookEvent
  private let reopenedBy: String?
  private let journal: Journal
  private let now: () -> Timestamp
  private var story: Story
  private var isOpen = false

  /// Takes the application's lock and reads its file.
  ///
  /// - Parameters:
  ///   - wait: how long to wait for the lock at the most.
  ///   - isWorker: whether other applications' webhooks wait for this process.
  ///   - reopenedBy: who wants the event handled whatever became of it.
  init(
    _ event: WebhookEvent, in journal: Journal, wait: Duration, isWorker: Bool,
    reopenedBy: String?, now: @escaping () -> Timestamp
  ) throws(JournalError) {
    let start = ContinuousClock.now
    let story = try journal.open(
      event.details.application.number, wait: wait, isOneOfMany: isWorker)
    known = story.history.entry(event.id)
    opening = ContinuousClock.now - start
    self.event = event
    self.reopenedBy = reopenedBy
    self.journal = journal
    self.now = now
    self.story = story
  }

  /// The application's story as it stood when the lock was taken.
  var history: History { story.history }

  /// Whether the candidate's data were erased: a repeat must not bring them back.
  private var isErased: Bool { known?.isErased == true }

  /// Returns when it is on disk that a message is about to leave.
  mutating func keep(_ attempt: Attempt) throws(JournalError) {
    try keep(arrival() + [Line(at: now(), eventId: event.id, .attempt(attempt))])
  }

  /// Returns when it is on disk what became of the event.
  ///
  /// - Parameter provider: how long the provider was asked, if it was.
  mutating func keep(_ outcome: Outcome, provider: Duration?) throws(JournalError) {
    let kept = isErased ? outcome.erased : outcome
    try keep(arrival() + [Line(at: now(), eventId: event.id, .outcome(kept))])
    index(isErased ? outcome.afterErasure : outcome, syncs: syncs, provider: provider)
  }

  /// Returns when all that the file says of the event is certainly on disk.
  mutating func keepKnown() throws(JournalError) {
    try keep([])
  }

  /// What has to stand before the first line of this handling: the event, unless it is on disk, and
  /// that it is open again.
  private mutating func arrival() -> [Line] {
    guard !isOpen else { return [] }
    isOpen = true
    index()
    let moment = now()
    let details = (isErased ? event.details.erased : event.details).arrived(at: moment)
    let first = Line.Kind.event(details, isErased: isErased)
    let kinds = [known?.kept == nil ? first : nil, reopenedBy.map(Line.Kind.reopened)]
    return kinds.compactMap(\.self).map { Line(at: moment, eventId: event.id, $0) }
  }

  private mutating func keep(_ lines: [Line]) throws(JournalError) {
    let start = ContinuousClock.now
    defer { syncs += ContinuousClock.now - start }
    try story.keep(event.id, adding: lines)
  }

  private mutating func index(
    _ outcome: Outcome? = nil, syncs: Duration? = nil, provider: Duration? = nil
  ) {
    do throws(JournalError) {
      try journal.days.append(
        DayLine(
          at: now(), eventId: event.id, application: event.details.application.number,
          type: event.details.type.rawValue, outcome: outcome, isAgain: known != nil,
          journal: syncs, provider: provider))
    } catch {
      indexFailure = error
      journal.notes.note(.unreadable, "\(error)", now: now().milliseconds)
    }
  }
}
