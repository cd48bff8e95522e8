import Gupy
import JSON
import Journal
import Lookup

/// What a removal would take away, or has taken away: the line that the audit keeps of it. Nothing of a
/// candidate.
package struct RemovalReport: Sendable {
  /// When it began.
  package let at: Timestamp
  private let command: Command
  /// The applications' numbers.
  package var applications: [Int64] = []
  /// Their events, of an erasure those that were not erased before.
  package var events = 0
  /// Those of the events whose message was not delivered, or may not have been.
  package var undelivered = 0
  /// Bodies that were no events.
  package var quarantined = 0
  /// Days of the index.
  package var days = 0
  /// Applications for another run: busy, or the run was stopped.
  package var left = 0

  enum Command: Sendable {
    /// What nothing has happened to for so long.
    case purge(olderThan: Duration)
    /// A person's data, by how the person was named.
    case erase(by: String)
    /// Quarantined bodies that somebody has looked at.
    case dismiss
  }

  /// Nothing so far.
  init(_ command: Command, at: Timestamp) {
    self.at = at
    self.command = command
  }

  /// Whether it is about age, and not about a person.
  package var isPurge: Bool { if case .purge = command { true } else { false } }

  /// Whether there is nothing to remove.
  package var isEmpty: Bool { applications.isEmpty && quarantined + days == 0 }

  /// Counts an application as it is, or was, before.
  mutating func add(_ application: Int64, _ history: History) {
    applications.append(application)
    switch command {
    case .purge, .dismiss: events += history.entries.count
    case .erase: events += history.entries.count { !$0.isErased }
    }
    undelivered += history.entries.count { [.unavailable, .unconfirmed].contains($0.obstacle) }
  }
}

extension RemovalReport: JSONWritable {
  package func write(to json: inout JSONWriter) {
    switch command {
    case .purge(let age):
      json.object {
        $0.member("applications", applications.count)
        $0.member("at", at)
        $0.member("command", "purge")
        $0.member("days", days)
        $0.member("events", events)
        $0.member("left", left)
        $0.member("olderThan", age.text)
        $0.member("quarantined", quarantined)
        $0.member("undelivered", undelivered)
      }
    case .erase(let kind):
      json.object {
        $0.member("applications", applications.map(String.init))
        $0.member("at", at)
        $0.member("by", kind)
        $0.member("command", "erase")
        $0.member("events", events)
        $0.member("left", left)
        $0.member("quarantined", quarantined)
      }
    case .dismiss:
      json.object {
        $0.member("at", at)
        $0.member("command", "dismiss")
        $0.member("quarantined", quarantined)
      }
    }
  }
}

extension Audit {
  /// When `gatilhoctl purge` last removed what was old enough, or found nothing; nil if never.
  package func lastPurge() throws(JournalError) -> Timestamp? {
    try lines(of: [String: JSONValue].self).filter { $0["command"] == "purge" }
      .compactMap { $0["at"]?.text.flatMap { Timestamp($0) } }.last
  }
}

extension Journal {
  /// Removes quarantined bodies, and returns when that and the audit's line are on disk.
  ///
  /// - Parameter files: their paths, as `Quarantine.kept` lists them.
  package func dismiss(_ files: [String], now: Timestamp) throws(JournalError) {
    var report = RemovalReport(.dismiss, at: now)
    report.quarantined = files.count
    try quarantine.remove(files)
    try Audit(state: state).append(report)
  }
}

/// Long work on many applications, one after the other: it can be stopped between two of them, and
/// one that cannot be had does not stand in the way of the others.
package struct RemovalRun {
  private let isStopped: () -> Bool
  private let progress: (_ done: Int, _ of: Int) -> Void
  private let complain: (String) -> Void

  /// - Parameters:
  ///   - isStopped: asked before each application.
  ///   - progress: told how many are done.
  ///   - complain: told what went wrong, without personal data.
  package init(
    isStopped: @escaping () -> Bool, progress: @escaping (_ done: Int, _ of: Int) -> Void,
    complain: @escaping (String) -> Void
  ) {
    self.isStopped = isStopped
    self.progress = progress
    self.complain = complain
  }

  /// Does `work` to each application; how many are left for another run.
  func each(
    _ applications: [Int64], _ work: (Int64) throws(JournalError) -> Void
  ) -> Int {
    var left = 0
    for (done, application) in applications.enumerated() {
      guard !isStopped() else { return left + applications.count - done }
      do throws(JournalError) {
        try work(application)
      } catch {
        complain("\(error)")
        left += 1
      }
      progress(done + 1, applications.count)
    }
    return left
  }
}
