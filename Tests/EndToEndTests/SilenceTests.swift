import FoundationEssentials
import Gupy
import Handler
import Journal
import Sandbox
import TestSupport
import Testing

/// Each state in which messages stop is entered, and seen by everybody who looks.
@Suite struct SilenceTests {
  @Test func `what a worker notes is seen until it is long past`() async throws {
    try await onStage(workers: 1) { stage, _ in
      let notes = Journal(state: stage.folder.state).notes
      let now = Timestamp.now.milliseconds
      let seen: [(Notes.Kind, Concern.Kind)] = [
        (.secret, .secret), (.busy, .busy), (.clock, .clock), (.stuck, .stuck),
        (.limited, .limited), (.inactive, .inactive), (.futureDate, .futureDates),
        (.sharedState, .sharedState), (.unreadable, .unreadable),
      ]
      #expect(seen.map(\.0) == Notes.Kind.allCases)
      for (note, kind) in seen {
        try await stage.expectNotSeen(kind)
        notes.note(note, now: now)
        try await stage.expectSeen(kind)
        notes.clear(note)
        notes.note(note, now: now - Notes.life - 1)
        try await stage.expectNotSeen(kind)
      }
    }
  }

  @Test func `a webhook with another secret is seen, and a stranger without one is not`()
    async throws
  {
    try await onStage(workers: 1) { stage, gupy in
      #expect(try await gupy.post(moved().body, secret: "").status == 401)
      try await stage.expectNotSeen(.secret)
      #expect(try await gupy.post(moved().body, secret: "errado").status == 401)
      try await stage.expectSeen(.secret)
    }
  }

  @Test func `nothing from Gupy for days is seen, and a new installation is not`() async throws {
    try await onStage(workers: 1) { stage, _ in
      try await stage.expectNotSeen(.noDelivery)
      let date = Date.now.addingTimeInterval(-86_400 * 5)
      try Journal(state: stage.folder.state).days.append(
        DayLine(
          at: date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)),
          eventId: "1", application: 1, type: "application.moved", outcome: Outcome(.accepted)))
      try await stage.expectSeen(.noDelivery)
    }
  }
}
