import Gupy
import JSON
import Journal

/// What an erasure would take away, or has taken away: the line that the audit keeps of it. Nothing of the person.
package struct ErasureReport: Sendable {
  /// When it began.
  package let at: Timestamp
  /// Tells the audit's lines apart.
  package private(set) var command = RemovalCommand.erase
  /// How the person was named.
  package let by: Kind
  /// The applications' numbers.
  package var applications: [String] = []
  /// Their events that were not erased before.
  package var events = 0
  /// Bodies that were no events.
  package var quarantined = 0
  /// Applications for another run: busy, or the run was stopped.
  package var left = 0

  /// How a person is named.
  package enum Kind: String, JSONConvertible, Sendable {
    case application, cpf, email
  }

  /// Nothing so far.
  init(at: Timestamp, by kind: Kind) {
    self.at = at
    by = kind
  }

  /// Whether there is nothing to erase.
  package var isEmpty: Bool { applications.isEmpty && quarantined == 0 }

  /// Counts an application as it is, or was, before.
  mutating func add(_ application: Int64, _ history: History) {
    applications.append(String(application))
    events += history.entries.count { !$0.isErased }
  }
}

extension ErasureReport: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("applications", applications)
      $0.member("at", at)
      $0.member("by", by)
      $0.member("command", command)
      $0.member("events", events)
      $0.member("left", left)
      $0.member("quarantined", quarantined)
    }
  }
}
