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
    guard let line = DayLine(plain: bytes) ?? decodedJSON(bytes, as: Self.self),
      Int64(application: line.application) != nil
    else { return nil }
    self = line
  }

  /// Reads a line as `encoded` writes it; nil for one with an escape in it, or anything else.
  init?(plain bytes: ArraySlice<UInt8>) {
    var fields = PlainFields(bytes)
    guard let application = fields.take(#""application":""#), let at = fields.take(#""at":""#),
      let eventId = fields.take(#""eventId":""#)
    else { return nil }
    let reason = fields.take(#""reason":""#)
    guard let status = fields.take(#""status":""#), let type = fields.take(#""type":""#),
      fields.isAtEnd
    else { return nil }
    self.init(
      at: at, eventId: eventId, application: application, type: type, status: status,
      reason: reason)
  }

  private init(
    at: String, eventId: String, application: String, type: String, status: String, reason: String?
  ) {
    (self.at, self.eventId, self.application) = (at, eventId, application)
    (self.type, self.status, self.reason) = (type, status, reason)
  }

  /// The line's bytes. The newline stands before it, so that a line that a full disk tore spoils
  /// no later one.
  func encoded() -> [UInt8] {
    [UInt8(ascii: "\n")] + encodedJSON(self)
  }
}
