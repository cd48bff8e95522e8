/// Why no message is due.
package enum IgnoreReason: String, Sendable {
  /// The candidate's data were erased: nobody is left to write to.
  case erased
  /// The step is one that candidates are not told of.
  case exceptedStep
  /// No message rule is for this event.
  case noRule
  /// The same event under another id, or a rule with `once` that was used.
  case repeated
  /// Older than the newest move of the application.
  case superseded
  /// Older than `staleAfter`.
  case stale
  /// Not among `recipients`.
  case notARecipient
}
