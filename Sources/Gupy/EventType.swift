import JSON

/// The two actions that gatilho subscribes to, as Gupy spells them.
package enum EventType: String, CaseIterable, JSONConvertible, Sendable {
  /// A candidate applied, or the company added one.
  case applicationCreated = "application.created"
  /// An application moved to another step; a rejection makes no such event.
  case applicationMoved = "application.moved"
}
