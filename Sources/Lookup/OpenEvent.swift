import Gupy
import Journal

/// An event that is not finished, or needs a person.
package struct OpenEvent {
  /// The application's number.
  package let application: Int64
  /// What stands for the event in the day index's summaries.
  package let key: Int
  /// Where it stands.
  let status: EventStatus
  /// What a person has to do about it; nil while a timer, or a process, may still settle it.
  package let need: RetryStatus?
  /// When it came, or when it is first known to have been there.
  var first: Timestamp
  /// When something was last written of it.
  let last: Timestamp

  /// Whether nothing is decided yet, or its message was certainly not sent.
  package var isUnfinished: Bool { status == .received || status == .unavailable }
}

extension OpenEvent {
  /// Where all events of a kind stand.
  struct Standing {
    let status: EventStatus
    let need: RetryStatus?

    /// Nil for a status that this version does not know.
    init?(_ kind: DaySummary.Kind) {
      guard let status = EventStatus(rawValue: kind.status) else { return nil }
      self.status = status
      let left = kind.outcome.flatMap { RetryStatus($0, kind.reason) }
      need = left.flatMap { $0.needsPerson ? $0 : nil }
    }
  }

  /// As the day index has it.
  init(_ event: DaySummary.Open, _ standing: Standing, of day: IndexDay) {
    self.init(
      application: event.application, key: event.key, status: standing.status,
      need: standing.need, first: day.at(event.first), last: day.at(event.last))
  }

  /// As the application's file has it; nil for an event that leaves nothing to do.
  init?(_ entry: Entry, _ event: DaySummary.Open) {
    guard entry.left != nil, let first = Timestamp(entry.firstAt),
      let last = Timestamp(entry.lastAt)
    else { return nil }
    self.init(
      application: event.application, key: event.key, status: EventStatus(entry), need: entry.need,
      first: first, last: last)
  }
}

extension DaySummary.Kind {
  /// What an event's file says that it came to.
  init(_ entry: Entry) {
    let status = EventStatus(entry)
    self.init(
      type: entry.event?.type.rawValue ?? "unreadable", status: status.rawValue,
      reason: status == .ignored ? entry.outcome?.reason : nil)
  }
}
