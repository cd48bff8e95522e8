import Gupy
import JSON
import Journal
import Lookup

/// What a purge would remove, or has removed: the line that the audit keeps of it.
package struct PurgeReport: Sendable {
  /// When it began.
  package let at: Timestamp
  /// Tells the audit's lines apart.
  package private(set) var command = RemovalCommand.purge
  /// The shortest time since the last thing happened to what goes: `365d`.
  package let olderThan: String
  /// Applications, each with its whole story.
  package var applications = 0
  /// The events in them.
  package var events = 0
  /// Those of the events whose message was not delivered, or may not have been.
  package var undelivered = 0
  /// Bodies that were no events.
  package var quarantined = 0
  /// Days of the index.
  package var days = 0
  /// Applications for the next run: busy, or the run was stopped.
  package var left = 0

  /// Nothing so far.
  init(at: Timestamp, olderThan age: Duration) {
    self.at = at
    olderThan = age.text
  }

  /// Whether there is nothing to remove.
  package var isEmpty: Bool { applications + quarantined + days == 0 }

  /// Counts an application.
  mutating func add(_ history: History) {
    applications += 1
    events += history.entries.count
    undelivered += history.entries.compactMap(RetryStatus.init).count(where: \.isUndelivered)
  }
}

extension PurgeReport: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    at = try json.value("at").orMismatch
    command = try json.value("command").orMismatch
    olderThan = try json.text("olderThan").orMismatch
    applications = try json.integer("applications").orMismatch
    events = try json.integer("events").orMismatch
    undelivered = try json.integer("undelivered").orMismatch
    quarantined = try json.integer("quarantined").orMismatch
    days = try json.integer("days").orMismatch
    left = try json.integer("left").orMismatch
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("applications", applications)
      $0.member("at", at)
      $0.member("command", command)
      $0.member("days", days)
      $0.member("events", events)
      $0.member("left", left)
      $0.member("olderThan", olderThan)
      $0.member("quarantined", quarantined)
      $0.member("undelivered", undelivered)
    }
  }
}

/// What a line of the audit is of.
package enum RemovalCommand: String, JSONConvertible, Sendable {
  case purge, erase, dismiss
}

extension Audit {
  /// When `gatilhoctl purge` last removed what was old enough, or found nothing; nil if never.
  package func lastPurge() throws(JournalError) -> Timestamp? {
    try lines(of: PurgeReport.self).last { $0.command == .purge }?.at
  }
}

extension RetryStatus {
  fileprivate var isUndelivered: Bool {
    switch self {
    case .unavailable, .unconfirmed: true
    case .rejected, .undeliverable, .noRule, .superseded, .quarantine: false
    }
  }
}
