import Gupy
import Journal
import TestSupport

extension Line {
  /// A line that keeps the least of an event.
  static func least(_ eventId: String, _ application: Int64, at: String) -> Line {
    Line(at: Timestamp(at), eventId: eventId, .event(.least(application)))
  }
}

extension Timestamp {
  /// A moment as the journal writes it; the least that there is for anything else.
  static func written(_ text: String) -> Timestamp {
    Timestamp(text) ?? Timestamp(milliseconds: .min)
  }
}
