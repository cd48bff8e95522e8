/// A line of the day index as its bytes stand in memory: no text is made of it.
///
/// What is read here, `DayLine` reads the same from the line's JSON; what is not, is left to it.
struct PlainDayLine {
  typealias Bytes = PlainFields.Bytes

  let isAgain: Bool
  /// The application's number, and its digits.
  let application: (number: Int64, digits: Bytes)
  let at: Bytes
  /// The same in milliseconds of the day.
  let time: Int
  let eventId: Bytes
  let journal: Int?
  let provider: Int?
  let reason: Bytes?
  let status: Bytes
  let type: Bytes
  /// From the reason to the end: the same bytes for all events of which the same became.
  let tail: Bytes

  /// Reads a line as `DayLine.encoded` writes it; nil for one with an escape in it or a letter beyond
  /// ASCII, and for anything else.
  init?(_ line: Bytes) {
    var fields = PlainFields(line)
    isAgain = fields.isTrue(#""again":"#)
    guard let digits = fields.text(#""application":"#), let at = fields.text(#""at":"#),
      let eventId = fields.text(#""eventId":"#), let number = Int64(application: digits),
      let time = DayTime.milliseconds(of: at)
    else { return nil }
    (application, self.at, self.time, self.eventId) = ((number, digits), at, time, eventId)
    journal = fields.number(#""journal":"#)
    provider = fields.number(#""provider":"#)
    tail = fields.left
    reason = fields.text(#""reason":"#)
    guard let status = fields.text(#""status":"#), let type = fields.text(#""type":"#),
      fields.isAtEnd
    else { return nil }
    (self.status, self.type) = (status, type)
  }
}
