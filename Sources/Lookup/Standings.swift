import Gupy
import Journal

extension Standing {
  /// What lists say, and can be asked for: of what was ignored not why.
  package static let listed: [Standing] = [
    .received, .accepted, .ignored, .undeliverable, .rejected, .unavailable, .unconfirmed,
  ]

  /// What can stand in the way of an event's message, and may be gone now: `retry` takes it up.
  package static let obstacles: [Standing] = [
    .unavailable, .unconfirmed, .rejected, .undeliverable, .noRule, .superseded, .quarantine,
  ]

  /// Those of the obstacles that no timer can settle.
  package static let needingPerson: [Standing] = [
    .unconfirmed, .rejected, .undeliverable, .noRule, .quarantine,
  ]

  /// As lists say it.
  package var listed: Standing { [.noRule, .superseded].contains(self) ? .ignored : self }

  /// What stands in the way of the message; nil where nothing can be done about it.
  var obstacle: Standing? {
    self == .received ? .unavailable : Self.obstacles.contains(self) ? self : nil
  }

  /// Whether a webhook would leave such an event alone.
  package var needsReopening: Bool { isFinished || self == .unconfirmed }

  /// By the words of the day index; nil for a status that this version does not know.
  init?(status: String, reason: String?) {
    if status == DayLine.received {
      self = .received
    } else {
      guard let status = Outcome.Status(rawValue: status) else { return nil }
      self.init(Outcome(status, reason: reason))
    }
  }
}

extension DayLine {
  private var standing: Standing? { Standing(status: status, reason: reason) }

  /// Whether an event of which this is the last line may be listed so: its application's file knows.
  func mayBe(_ listed: Set<Standing>) -> Bool {
    standing.map { $0 == .received || listed.contains($0.listed) } == true
  }

  /// What may stand in its message's way: its application's file knows.
  package var obstacles: [Standing] {
    guard let standing else { return [] }
    return standing == .received
      ? [.unavailable, .unconfirmed] : [standing.obstacle].compactMap(\.self)
  }
}

extension Entry {
  /// A handling is over by then: nginx waits 28 s.
  private static let longestHandling = Duration.seconds(30)

  /// Where the event is seen to stand. An attempt of which nothing is written yet is in the hands of a
  /// process for as long as that may be.
  var current: Standing {
    let isYoung = last.map { Timestamp.now - $0 < Self.longestHandling } == true
    return shown == .unconfirmed && outcome == nil && isYoung ? .received : shown
  }

  /// The same as lists say it.
  package var listed: Standing { current.listed }

  /// What stands in the way of its message; nil where nothing can be done about it.
  package var obstacle: Standing? { shown.obstacle }

  /// What is left to do about the event, by a timer or by a person; nil where it is done.
  package var left: Standing? { obstacle == .superseded ? nil : obstacle }

  /// What a person has to decide or to mend of the event; nil where there is nothing.
  package var need: Standing? { Standing.needingPerson.contains(current) ? current : nil }
}
