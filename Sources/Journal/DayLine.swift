import JSON

/// One line of the day index: what was known of an event at a moment. Nothing of the candidate.
package struct DayLine: Codable, Equatable, Sendable {
  /// UTC with milliseconds, as in the application's file.
  package let at: String
  /// Gupy's id of the event.
  package let eventId: String
  /// The application's number.
  package let application: String
  /// `application.created` or `application.moved`.
  package let type: String
  /// An outcome's status, or `received`: the event is, or was, in the hands of a process.
  package let status: String
  /// Why, for `ignored`: a word of a closed set.
  package let reason: String?

  /// The status of an event whose application's file has to be asked.
  package static let received = "received"

  /// A line of an event without an outcome, or with one.
  package init(
    at: String, eventId: String, application: Int64, type: String, outcome: Outcome? = nil
  ) {
    self.at = at
    self.eventId = eventId
    self.application = String(application)
    self.type = type
    status = outcome?.status.rawValue ?? Self.received
    reason = outcome?.status == .ignored ? outcome?.reason : nil
  }

  /// The day that the line belongs to: `2026-03-04`.
  var day: String { String(at.prefix(10)) }

  /// Reads a line; nil when it is not what gatilho writes.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard let line = decodedJSON(bytes, as: Self.self) else { return nil }
    self = line
  }

  /// The line's bytes. The newline stands before it, so that a line that a full disk tore spoils
  /// no later one.
  func encoded() -> [UInt8] {
    [UInt8(ascii: "\n")] + encodedJSON(self)
  }
}
