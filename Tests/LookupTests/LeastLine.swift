import Gupy
import Journal
import TestSupport

extension Line {
  /// A line that keeps the least of an event.
  static func least(_ eventId: String, _ application: Int64, at: String) -> Line {
    Line(at: Timestamp(at), eventId: eventId, .event(.least(application)))
  }
}
