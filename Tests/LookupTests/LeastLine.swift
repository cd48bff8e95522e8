import Gupy
import Journal
import Testing

extension Line {
  /// A line that keeps the least of an event.
  static func least(_ eventId: String, _ application: Int64, at: String) throws -> Line {
    let id = try #require(ApplicationID(application))
    return Line(
      at: at, eventId: eventId,
      event: WebhookEvent.Details(
        type: .applicationMoved, date: Timestamp(milliseconds: 0),
        application: id))
  }
}

extension Timestamp {
  /// A moment as the journal writes it; the least that there is for anything else.
  static func written(_ text: String) -> Timestamp {
    Timestamp(text) ?? Timestamp(milliseconds: .min)
  }
}
