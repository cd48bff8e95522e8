import Configuration
import Gupy
import Journal

/// Removes what is older than its time: applications as a whole, quarantined bodies, days of the
/// index. Safe beside running workers, and beside another purge.
///
/// An application goes when nothing has happened to it for so long. Until then its whole story is
/// needed: what was sent `once`, and which move is the newest.
package struct Purge: Sendable {
  private let journal: Journal
  private let age: Duration
  private let now: Timestamp

  /// How long it takes until a busy application is left for the next run.
  private static let lockWait = Duration.seconds(10)
  /// `retry` finds its events by the index of the last thirty days.
  private static let shortestIndex = Duration.seconds(30 * 86_400)
  /// A draft that is older was left by a process that died.
  private static let longestDraft = Duration.seconds(86_400)

  /// - Parameters:
  ///   - age: how long ago the last thing happened to what goes, at least `Configuration.minimalRetention`.
  ///   - now: this moment.
  package init(_ journal: Journal, olderThan age: Duration, now: Timestamp) {
    self.journal = journal
    self.age = max(age, Configuration.minimalRetention)
    self.now = now
  }

  /// What is old enough to go.
  package struct Findings: Sendable {
    /// How much of everything.
    package fileprivate(set) var report: RemovalReport
    fileprivate var quarantined: [String] = []
    fileprivate var days: [String] = []
    fileprivate var drafts: [String] = []
    /// What cannot be read, and stays.
    package fileprivate(set) var unreadable: [JournalError] = []
  }

  /// Looks for what would go, and changes nothing; what cannot be read is passed over, and told.
  ///
  /// - Parameter progress: told how many of the folders are done.
  package func find(
    progress: (_ done: Int, _ of: Int) -> Void
  ) throws(JournalError) -> Findings {
    var found = Findings(report: RemovalReport(.purge(olderThan: age), at: now))
    let complaints = Complaints()
    let complain = complaints.complaint
    try journal.forEachHistory(progress, complain: complain) { application, history in
      let goes = complain.about(false) { () throws(JournalError) in
        try isDue(application, history)
      }
      if goes { found.report.add(application, history) }
    }
    let (cutoff, indexCutoff) = (before(age), before(max(age, Self.shortestIndex)))
    found.quarantined = complain.about([]) { () throws(JournalError) in
      try journal.quarantine.everything()
    }.filter { $0.milliseconds < cutoff.milliseconds }.map(\.path)
    found.days = complain.about([]) { () throws(JournalError) in try journal.days.days() }
      .filter { $0 < indexCutoff.description.prefix(10) }
    found.drafts = journal.drafts(before: before(Self.longestDraft).milliseconds)
    found.report.quarantined = found.quarantined.count
    found.report.days = found.days.count
    found.unreadable = complaints.all
    return found
  }

  /// Removes what was found and still is old enough, and returns when that and the audit's line
  /// are on disk.
  ///
  /// - Returns: what went, and what is left.
  package func remove(
    _ found: Findings, _ run: RemovalRun
  ) throws(JournalError) -> RemovalReport {
    var report = RemovalReport(.purge(olderThan: age), at: now)
    let left = run.each(found.report.applications) { application throws(JournalError) in
      try remove(application, &report)
    }
    try journal.syncFolders(of: found.report.applications)
    try journal.quarantine.remove(found.quarantined)
    try journal.days.remove(found.days)
    try journal.quarantine.remove(found.drafts)
    report.quarantined = found.quarantined.count
    report.days = found.days.count
    report.left = left + found.unreadable.count
    try Audit(state: journal.state).append(report)
    return report
  }

  /// Who waits for the application's lock meanwhile opens the file after it, and finds none.
  private func remove(_ application: Int64, _ report: inout RemovalReport) throws(JournalError) {
    guard var story = try journal.openExisting(application, wait: Self.lockWait),
      try isDue(application, story.history)
    else { return }
    try story.remove()
    report.add(application, story.history)
  }

  /// Whether the newest line is old enough. What cannot be read, or is not there, is as old as the
  /// file.
  private func isDue(
    _ application: Int64, _ history: History
  ) throws(JournalError) -> Bool {
    guard let changedAt = try journal.changedAt(application) else { return false }
    var times = history.entries.compactMap(\.last)
    if times.count < history.entries.count || times.isEmpty || !history.unreadableLines.isEmpty {
      times.append(Timestamp(milliseconds: changedAt))
    }
    return times.allSatisfy { $0 < before(age) }
  }

  private func before(_ age: Duration) -> Timestamp {
    Timestamp(milliseconds: now.milliseconds - age.components.seconds * 1_000)
  }
}
