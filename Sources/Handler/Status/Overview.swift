import Gupy
import Journal

/// All that the page, the metrics and `gatilhoctl check` tell of one customer.
package struct Overview {
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
  /// Whether nothing ever came.
  let isNew: Bool
  /// What workers and timers noticed lately.
  let notes: [Notes.Kind: Notes.Note]

  /// Looks at everything once.
  package init(_ site: Site, now: Timestamp) throws(JournalError) {
    self.now = now
    figures = try Figures(site.journal, now: now, retention: site.configuration.retention)
    health = Health(site.journal)
    recipients = site.configuration.recipients
    pause = site.journal.pause.left(now: now.milliseconds)
    retry = Retry.Run(state: site.journal.state)
    freeBytes = try site.journal.freeBytes()
    quarantined = try site.journal.quarantine.kept().count
    isNew = try site.journal.days.days().isEmpty
    notes = site.journal.notes.all(now: now.milliseconds)
  }

  /// How many events, or bodies, need a person for a reason.
  func count(_ need: Retry.Status) -> Int {
    need == .quarantine ? quarantined : figures.count(need)
  }

  /// The reasons for which a person is needed.
  static let needs = Retry.Status.allCases.filter(\.needsPerson)
}
