import JSON
import Journal

/// One line of the day index: what was known of an event at a moment. Nothing of the candidate.
package struct DayLine: Equatable, Sendable {
  /// UTC with milliseconds, as in the application's file.
  package let at: String
  /// Gupy's id of the event.
  package let eventId: String
  /// The application's number.
  package let application: Int64
  /// `application.created` or `application.moved`.
  package let type: String
  /// An outcome's status, or `received`: the event is, or was, in the hands of a process.
  package let status: String
  /// Why, for `ignored`: a word of a closed set.
  package let reason: String?
  /// Whether the event was on disk before this handling began; absent otherwise. Only where the
  /// status is `received`.
  package let again: Bool?
  /// How long the journal's syncs of the handling took, in milliseconds, 0…999,999,999; absent before
  /// its outcome.
  package let journal: Int?
  /// How long the provider was asked, the same; absent where it was not.
  package let provider: Int?

  /// The status of an event whose application's file has to be asked.
  package static let received = "received"

  /// A line of an event without an outcome, or with one.
  ///
  /// - Parameters:
  ///   - isAgain: whether the event was on disk before; said only of one without an outcome.
  ///   - journal: how long the handling's syncs took, where that is known.
  ///   - provider: how long the provider was asked, where it was.
  package init(
    at: String, eventId: String, application: Int64, type: String, outcome: Outcome? = nil,
    isAgain: Bool = false, journal: Duration? = nil, provider: Duration? = nil
  ) {
    self.init(
      at: at, eventId: eventId, application: application, type: type,
      status: outcome?.status.rawValue ?? Self.received,
      reason: outcome?.status == .ignored ? outcome?.reason : nil,
      again: isAgain && outcome == nil ? true : nil,
      journal: journal?.wholeMilliseconds, provider: provider?.wholeMilliseconds)
  }

  /// Whether it is of this event.
  func isOf(_ eventId: String) -> Bool { self.eventId.utf8.elementsEqual(eventId.utf8) }

  /// The day that the line belongs to: `2026-03-04`.
  var day: String { String(at.prefix(10)) }

  /// Reads a line; nil when it is not what gatilho writes.
  package init?(_ bytes: ArraySlice<UInt8>) {
    guard let line = DayLine(plain: bytes) ?? DayLine(json: bytes) else { return nil }
    self = line
  }

  /// Reads a line as `encoded` writes most; nil for any other, which its JSON may say.
  package init?(plain bytes: ArraySlice<UInt8>) {
    guard let line = bytes.withUnsafeBytes({ PlainDayLine($0).map(Self.init) }) else { return nil }
    self = line
  }

  private init(_ line: PlainDayLine) {
    func text(_ bytes: PlainDayLine.Bytes) -> String { String(decoding: bytes, as: UTF8.self) }
    self.init(
      at: text(line.at), eventId: text(line.eventId), application: line.application.number,
      type: text(line.type), status: text(line.status), reason: line.reason.map(text),
      again: line.isAgain ? true : nil, journal: line.journal, provider: line.provider)
  }

  private init(
    at: String, eventId: String, application: Int64, type: String, status: String,
    reason: String?, again: Bool?, journal: Int?, provider: Int?
  ) {
    (self.at, self.eventId, self.application) = (at, eventId, application)
    (self.type, self.status, self.reason) = (type, status, reason)
    (self.again, self.journal, self.provider) = (again, journal, provider)
  }

  /// The line's bytes. The newline stands before it, so that a line that a full disk tore spoils
  /// no later one.
  var encoded: [UInt8] { [UInt8(ascii: "\n")] + json }
}

extension DayLine: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    let at = try json.text("at").orMismatch
    let application = try Int64(application: json.text("application").orMismatch.utf8)
    guard at.isMoment, let application else { throw JSONMismatch() }
    self.init(
      at: at, eventId: try json.text("eventId").orMismatch, application: application,
      type: try json.text("type").orMismatch, status: try json.text("status").orMismatch,
      reason: try json.text("reason"), again: try json.bool("again"),
      journal: try json.time("journal"), provider: try json.time("provider"))
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("again", again)
      $0.member("application", String(application))
      $0.member("at", at)
      $0.member("eventId", eventId)
      $0.member("journal", journal)
      $0.member("provider", provider)
      $0.member("reason", reason)
      $0.member("status", status)
      $0.member("type", type)
    }
  }
}

/// How long a handling's parts can have taken, in milliseconds: a line that says more is not ours.
private let possibleTimes = 0...999_999_999

extension JSONNode {
  fileprivate func time(_ name: String) throws(JSONMismatch) -> Int? {
    let time = try integer(name)
    guard time.map(possibleTimes.contains) != false else { throw JSONMismatch() }
    return time
  }
}

extension Duration {
  /// Rounded, and never less than nothing.
  fileprivate var wholeMilliseconds: Int {
    let (least, most) = (Double(possibleTimes.lowerBound), Double(possibleTimes.upperBound))
    return Int(min(max(self / .milliseconds(1), least), most).rounded())
  }
}
