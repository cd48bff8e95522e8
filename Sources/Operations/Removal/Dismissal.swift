import Gupy
import JSON
import Journal

/// What a person has dismissed: the line that the audit keeps of it.
package struct Dismissal: Sendable {
  /// When.
  package let at: Timestamp
  /// How many quarantined bodies.
  package let quarantined: Int

  /// Removes quarantined bodies, and returns when that and the audit's line are on disk.
  ///
  /// - Parameter files: their paths, as `Quarantine.kept` lists them.
  package init(of files: [String], in journal: Journal, now: Timestamp) throws(JournalError) {
    (at, quarantined) = (now, files.count)
    try journal.quarantine.remove(files)
    try Audit(state: journal.state).append(self)
  }
}

extension Dismissal: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("at", at)
      $0.member("command", RemovalCommand.dismiss)
      $0.member("quarantined", quarantined)
    }
  }
}
