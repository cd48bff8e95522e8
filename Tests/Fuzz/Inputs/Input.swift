/// What gatilho reads from outside.
package enum Input: String, CaseIterable, Sendable {
  /// The body of a webhook.
  case payload
  /// What a web server writes on a FastCGI connection.
  case params
  /// An application's file in the journal.
  case journal
  /// A file of the day index.
  case index
  /// The configuration file.
  case configuration
  /// A customer's own provider profile.
  case profile
}

/// Something that has to hold whatever the bytes are, and does not.
package struct BrokenRule: Error, CustomStringConvertible {
  package let description: String
}

/// Throws unless the rule holds.
func hold(_ holds: Bool, _ rule: String) throws(BrokenRule) {
  guard holds else { throw BrokenRule(description: rule) }
}
