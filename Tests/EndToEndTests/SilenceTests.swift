import FastCGI
import FoundationEssentials
import Gupy
import Handler
import Journal
import Lookup
import Pages
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

  @Test func `a quarantine that is full is seen, and dismissing what is in it mends it`()
    async throws
  {
    try await onStage(workers: 1) { stage, gupy in
      let folder = stage.folder.state + "/quarantine"
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      for number in 0..<1_000 {
        let name = String(repeating: "0", count: 12) + String(1_000 + number) + ".json"
        try Data("{}".utf8).write(to: URL(filePath: "\(folder)/\(name)"))
      }
      #expect(try await gupy.post(Array("[]".utf8)).status == 503)
      try await stage.expectSeen(.noRoom, "quarantine")
      _ = try await stage.gatilhoctl("events", "dismiss", "--all", "--yes")
      try await stage.expectNotSeen(.noRoom)
      #expect(try await gupy.post(Array("[]".utf8)).text("/status") == "quarantined")
    }
  }

  @Test func `an index that takes no line is seen, for retry would find nothing`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      let days = stage.folder.state + "/days"
      try Data().write(to: URL(filePath: days))
      #expect(try await gupy.post(moved(mobile: Marker.mobile("0503")).body).status == 503)
      try await stage.expectSeen(.unreadable, "days")
    }
  }

  @Test func `a claim on the state folder that nobody can read fails in check`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      _ = try await gupy.post(moved(1).body)
      let claim = stage.folder.state + "/configuration.json"
      try FileManager.default.removeItem(atPath: claim)
      try FileManager.default.createSymbolicLink(
        atPath: claim, withDestinationPath: "/nowhere/at/all")
      #expect(try await gupy.post(moved(2).body).status == 500)
      let check = try await stage.gatilhoctl("check")
      #expect(check.status == .exited(78))
      #expect(check.line("configuration")?.hasPrefix("FAIL") == true, "\(check.text)")
    }
  }

  @Test func `what waits for too long, for a person or for a timer that does not run is seen`()
    async throws
  {
    try await onStage(workers: 1) { stage, gupy in
      try await stage.expectSeen(.noRetry)
      _ = try await stage.retry()
      for kind in [Concern.Kind.noRetry, .needsPerson, .unfinished] {
        try await stage.expectNotSeen(kind)
      }
      _ = try await gupy.post(applied(2, mobile: Marker.mobile("0400")).body)
      try await stage.expectSeen(.needsPerson)
      try stage.index(.unavailable, minutesAgo: 3 * 60)
      try await stage.expectSeen(.unfinished)
    }
  }

  @Test func `a failure is an outage once it lasts, and one that is to come again is none`()
    async throws
  {
    try await onStage(workers: 1) { stage, _ in
      try stage.index(.unavailable, minutesAgo: 2)
      try await stage.expectNotSeen(.failing)
      try stage.index(.unavailable, minutesAgo: 20)
      try stage.index(.unavailable, minutesAgo: 1)
      try await stage.expectSeen(.failing)
    }
  }

  @Test func `nothing from Gupy for days is seen, and a new installation is not`() async throws {
    try await onStage(workers: 1) { stage, _ in
      try await stage.expectNotSeen(.noDelivery)
      try stage.index(.accepted, minutesAgo: 5 * 24 * 60)
      try await stage.expectSeen(.noDelivery)
    }
  }
}

extension Stage {
  /// Lets the day index say that an event came to this, so long ago.
  fileprivate func index(_ status: Outcome.Status, minutesAgo: Double) throws {
    let date = Date.now.addingTimeInterval(-60 * minutesAgo)
    try Journal(state: folder.state).days.append(
      DayLine(
        at: Timestamp(milliseconds: Int64(date.timeIntervalSince1970 * 1_000)),
        eventId: "\(minutesAgo)", application: 1, type: "application.moved",
        outcome: Outcome(status)))
  }
}
