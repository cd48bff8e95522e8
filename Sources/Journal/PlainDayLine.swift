/// A line of the day index as its bytes stand in memory: no text is made of it.
struct PlainDayLine {
  typealias Bytes = PlainFields.Bytes

  let isAgain: Bool
  let application: Bytes
  let at: Bytes
  let eventId: Bytes
  let journal: Int?
  let provider: Int?
  let reason: Bytes?
  let status: Bytes
  let type: Bytes
  /// From the reason to the end: the same bytes for all events of which the same became.
  let tail: Bytes

  /// Reads a line as `DayLine.encoded` writes it; nil for one with an escape in it, or anything else.
  init?(_ line: Bytes) {
    var fields = PlainFields(line)
    isAgain = fields.isTrue(#""again":"#)
    guard let application = fields.text(#""application":"#), let at = fields.text(#""at":"#),
      let eventId = fields.text(#""eventId":"#)
    else { return nil }
    (self.application, self.at, self.eventId) = (application, at, eventId)
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
