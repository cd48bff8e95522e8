import Gupy
import Journal

/// Where an event stands, in one word: an outcome's status, or that there is none yet.
package enum EventStatus: String, CaseIterable, Sendable {
  /// In the hands of a process, or of one that died before it decided.
  case received
  case accepted
  case ignored
  case undeliverable
  case rejected
  case unavailable
  case unconfirmed

  /// A handling is over by then: nginx waits 28 s.
  private static let longestHandling: Int64 = 30_000

  /// What all lines of the event mean together. An attempt of which nothing is written yet is in the
  /// hands of a process for as long as that may be.
  package init(_ entry: Entry, now: Timestamp = .now) {
    let age = entry.last.map { now.milliseconds - $0.milliseconds } ?? .max
    switch entry.shown {
    case .unconfirmed where entry.outcome == nil && age < Self.longestHandling: self = .received
    case .undecided: self = .received
    case .unavailable: self = .unavailable
    case .unconfirmed: self = .unconfirmed
    case .finished(let outcome): self.init(outcome.status)
    }
  }

  private init(_ status: Outcome.Status) {
    switch status {
    case .accepted: self = .accepted
    case .ignored: self = .ignored
    case .undeliverable: self = .undeliverable
    case .rejected: self = .rejected
    case .unavailable: self = .unavailable
    case .unconfirmed: self = .unconfirmed
    }
  }

  /// Whether an event whose last line in the day index is this may have the status.
  func mayBe(_ line: DayLine) -> Bool {
    [rawValue, DayLine.received].contains(line.status)
  }
}
