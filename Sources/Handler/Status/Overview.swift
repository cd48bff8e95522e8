import Gupy
import Journal

/// All that the page and the metrics tell of one customer.
struct Overview {
  let now: Timestamp
  let figures: Figures
  /// Whether a webhook could be handled now.
  let health: Health
  let recipients: Configuration.Recipients
  /// How much longer the provider is left in peace, in milliseconds; nil while it is not.
  let pause: Int64?
  /// The latest run of `gatilhoctl retry`; nil when there was none.
  let retry: Retry.Run?
  /// The bytes that the disk has left.
  let freeBytes: UInt64
  /// How many bodies that were no event are kept.
  let quarantined: Int

  /// Looks at everything once.
  init(_ site: Site, now: Timestamp) throws(JournalError) {
    self.now = now
    figures = try Figures(site.journal, now: now, retention: site.configuration.retention)
    health = Health(site.journal)
    recipients = site.configuration.recipients
    pause = site.journal.pause.left(now: now.milliseconds)
    retry = Retry.Run(state: site.journal.state)
    freeBytes = try site.journal.freeBytes()
    quarantined = try site.journal.quarantine.kept().count
  }

  /// How many events, or bodies, need a person for a reason.
  func count(_ need: Retry.Status) -> Int {
    need == .quarantine ? quarantined : figures.count(need)
  }

  /// The reasons for which a person is needed.
  static let needs = Retry.Status.allCases.filter(\.needsPerson)

  /// What is not as it should be, the worst first.
  var concerns: [Concern] {
    let age = figures.oldestUnfinished.map { now.milliseconds - $0.milliseconds } ?? 0
    let retryAge = retry.map { now.milliseconds - $0.at.milliseconds } ?? .max
    let needing = Self.needs.reduce(0) { $0 + count($1) }
    return [
      health.error == nil ? nil : .state,
      figures.deliveries.failingSince.map(Concern.failing),
      pause == nil ? nil : .paused,
      age > Concern.longestUnfinished ? .unfinished : nil,
      needing > 0 ? .needsPerson(needing) : nil,
      retryAge > Concern.longestWithoutRetry ? .noRetry : nil,
      freeBytes < Concern.leastFreeBytes ? .littleRoom : nil,
    ].compactMap(\.self)
  }
}
