import Gupy

/// What an erasure took away: the line that the audit keeps of it. Nothing of the person.
package struct ErasureReport: Codable, Sendable {
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
  package enum Kind: String, Codable, Sendable {
    case application, cpf, email
  }

  /// Nothing so far.
  init(at: Timestamp, by kind: Kind) {
    self.at = at
    by = kind
  }
}
