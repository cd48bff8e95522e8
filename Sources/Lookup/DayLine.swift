import Glibc
import Gupy
import JSON
import Journal

/// One line of the day index: what was known of an event at a moment. Nothing of the candidate.
package struct DayLine: Equatable, Sendable {
  /// Whether the event was on disk before this handling began. Said only where the status is
  /// `received`.
  package private(set) var isAgain = false
  /// The application's number.
  package private(set) var application: Int64 = 0
  /// When it was written.
  package private(set) var at = Timestamp(milliseconds: 0)
  /// Gupy's id of the event.
  package private(set) var eventId = ""
  /// How long the journal's syncs of the handling took, in milliseconds, 0…999,999,999; absent before
  /// its outcome.
  package private(set) var journal: Int?
  /// How long the provider was asked, the same; absent where it was not.
  package private(set) var provider: Int?
  /// Why, for `ignored`: a word of a closed set.
  package private(set) var reason: String?
  /// An outcome's status, or `received`: the event is, or was, in the hands of a process.
  package private(set) var status = DayLine.received
  /// `application.created` or `application.moved`.
  package private(set) var type = ""

  /// All that is kept, in the order in which it is written.
  private mutating func list(_ members: inout some Members) throws(JSONMismatch) {
    try members.member("again", &isAgain)
    try members.member("application", &application)
    try members.member("at", &at)
    try members.member("eventId", &eventId)
    try members.member("journal", &journal)
    try members.member("provider", &provider)
    try members.member("reason", &reason)
    try members.member("status", &status)
    try members.member("type", &type)
  }

  /// The status of an event whose application's file has to be asked.
  package static let received = "received"

  private init() {}

  /// A line of an event without an outcome, or with one.
  ///
  /// - Parameters:
  ///   - isAgain: whether the event was on disk before; said only of one without an outcome.
  ///   - journal: how long the handling's syncs took, where that is known.
  ///   - provider: how long the provider was asked, where it was.
  package init(
    at: Timestamp, eventId: String, application: Int64, type: String, outcome: Outcome? = nil,
    isAgain: Bool = false, journal: Duration? = nil, provider: Duration? = nil
  ) {
    (self.at, self.eventId, self.application, self.type) = (at, eventId, application, type)
    status = outcome?.status.rawValue ?? Self.received
    reason = outcome?.status == .ignored ? outcome?.reason : nil
    self.isAgain = isAgain && outcome == nil
    (self.journal, self.provider) = (journal?.wholeMilliseconds, provider?.wholeMilliseconds)
  }

  /// Reads a line; nil when it is not what gatilho writes.
  package init?(_ bytes: ArraySlice<UInt8>) {
    guard let line = DayLine(plain: bytes) ?? DayLine(json: bytes) else { return nil }
    self = line
  }

  /// Reads a line as `encoded` writes most; nil for any other, which its JSON may say.
  package init?(plain bytes: ArraySlice<UInt8>) {
    let line = bytes.withUnsafeBytes { bytes -> DayLine? in
      do throws(JSONMismatch) {
        var (line, members) = (DayLine(), PlainMembers(bytes))
        try line.list(&members)
        return members.isAtEnd ? line : nil
      } catch {
        return nil
      }
    }
    guard let line else { return nil }
    self = line
  }

  /// The line's bytes. The newline stands before it, so that a line that a full disk tore spoils
  /// no later one.
  var encoded: [UInt8] { [UInt8(ascii: "\n")] + json }

  /// Whether it is of this event.
  func isOf(_ eventId: String) -> Bool { self.eventId.utf8.elementsEqual(eventId.utf8) }

  /// When it was written, in milliseconds of the day that it belongs to.
  var time: Int { Int(at.milliseconds - at.midnight.milliseconds) }
}

extension DayLine: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    var members = json
    try list(&members)
  }

  package func write(to json: inout JSONWriter) {
    json.object { json in
      var line = self
      do throws(JSONMismatch) { try line.list(&json) } catch {}
    }
  }
}

extension [UInt8] {
  /// Tells each line of a file of the index that can be read, with its bytes.
  func forEachDayLine(_ tell: (DayLine, ArraySlice<UInt8>) -> Void) {
    var start = 0
    while start < count {
      let end = withUnsafeBytes { bytes in
        bytes.baseAddress.flatMap { first in
          memchr(first + start, 0x0A, count - start).map { UnsafeRawPointer($0) - first }
        }
      }
      let bytes = self[start..<(end ?? count)]
      if let line = DayLine(bytes) { tell(line, bytes) }
      start = bytes.endIndex + 1
    }
  }
}

extension Duration {
  /// Rounded, and within what a line can say.
  fileprivate var wholeMilliseconds: Int {
    let possible = PlainMembers.possibleNumbers
    let (least, most) = (Double(possible.lowerBound), Double(possible.upperBound))
    return Int(min(max(self / .milliseconds(1), least), most).rounded())
  }
}
