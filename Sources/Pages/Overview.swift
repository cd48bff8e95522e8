import Configuration
import Glibc
import Gupy
import Journal
import Lookup

/// All that the page, the metrics and `gatilhoctl check` tell of one customer.
package struct Overview {
  let now: Timestamp
  let figures: Figures
  /// Why no webhook could be kept now; nil when it could.
  let fault: JournalError?
  let recipients: Configuration.Recipients
  /// Why messages may stop; nil while the provider takes them.
  let trouble: CircuitBreaker.Trouble?
  /// Who does not go on, the longest first.
  let stuck: [Working.Place]
  /// The latest run of `gatilhoctl retry`; nil when there was none.
  let retry: RetryRun?
  /// What each disk has left on which the state folder lies.
  let rooms: [FreeRoom]
  /// How many bodies that were no event are kept.
  let quarantined: Int
  /// Whether no further one can be kept.
  let isQuarantineFull: Bool
  /// Whether nothing ever came.
  let isNew: Bool
  /// What workers and timers noticed lately.
  let notes: [Notes.Kind: Notes.Note]
  /// What is not gatilho's, as far as it is looked for.
  let strays: Strays
  /// What of the state folder cannot be read.
  package var unreadable: [JournalError]

  /// Names that a look at the state folder costs at the most, and then a folder's.
  package static let strayBudget = 20_000

  /// Looks at everything once. What cannot be read is passed over, and told.
  ///
  /// - Parameter strayBudget: how many names are looked at for those that are not gatilho's.
  package init(
    _ site: Site, now: Timestamp, strayBudget: Int = Self.strayBudget
  ) throws(JournalError) {
    self.now = now
    let complaints = Complaints()
    let complain = complaints.complaint
    figures = Figures(
      site.journal, now: now, retention: site.configuration.retention, complain: complain)
    fault = site.journal.fault
    recipients = site.configuration.recipients
    trouble = site.journal.breaker.trouble(now: now.milliseconds)
    stuck = site.journal.working.stuck(now: now.milliseconds)
    retry = RetryRun(state: site.journal.state)
    rooms = try site.journal.room()
    quarantined = complain.about(0) { () throws(JournalError) in
      try site.journal.quarantine.kept().count
    }
    isQuarantineFull = complain.about(false) { () throws(JournalError) in
      try site.journal.quarantine.isFull()
    }
    isNew = complain.about(false) { () throws(JournalError) in
      try site.journal.days.days().isEmpty
    }
    notes = site.journal.notes.all(now: now.milliseconds)
    strays = site.journal.strays(budget: strayBudget)
    unreadable = complaints.all
  }

  /// What the disk has left that has the least; nil where it is not counted.
  var freeBytes: UInt64? { rooms.compactMap(\.bytes).min() }
  var freeInodes: UInt64? { rooms.compactMap(\.inodes).min() }

  /// How many events, or bodies, need a person for a reason.
  func count(_ kind: Standing) -> Int {
    kind == .quarantine ? quarantined : figures.count(kind)
  }

  /// In milliseconds.
  func age(_ moment: Timestamp) -> Int64 { now.milliseconds - moment.milliseconds }
}

extension Journal {
  /// Throws where no webhook could be kept now: the state folder's disk is full, or it takes no new
  /// file. It leaves nothing there.
  func checkHealth() throws(JournalError) {
    if let full = try room().first(where: \.isFull) {
      throw .failed(call: "statvfs", path: full.folder, errno: ENOSPC)
    }
    try checkFitness()
  }

  fileprivate var fault: JournalError? {
    do throws(JournalError) {
      try checkHealth()
      return nil
    } catch {
      return error
    }
  }
}
