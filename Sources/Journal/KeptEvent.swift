import JSON

/// What is kept of a webhook. The journal writes it, reads it back, and asks no more of it than this;
/// a reference, so that entries are copied without its fields.
package protocol KeptEvent: AnyObject, JSONConvertible, Sendable {
  /// Its type, as the day index writes it.
  var indexedType: String { get }
  /// What is left of it once the candidate's data are erased; its JSON is not longer.
  var erased: Self { get }
}
