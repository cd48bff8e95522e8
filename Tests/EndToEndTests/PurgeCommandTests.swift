import FoundationEssentials
import JSON
import Sandbox
import Subprocess
import TestSupport
import Testing

/// `gatilhoctl purge` beside real workers.
@Suite struct PurgeCommandTests {
  private func isThere(_ path: String, on stage: Stage) -> Bool {
    FileManager.default.fileExists(atPath: "\(stage.folder.state)/\(path)")
  }

  @Test func `what is old goes after a yes, and what lives stays`() async throws {
    try await onStage(changes: ["retention": "365d"]) { stage, gupy in
      for number in [1, 2, 3] {
        let mobile = Marker.mobile(number == 2 ? "0503" : "0101")
        _ = try await gupy.post(moved(Int64(number), mobile: mobile).body)
      }
      for number in [1, 2] { try stage.age(Int64(number)) }
      let found = "applications: 2, events: 2, quarantined bodies: 0, days of the index: 0\n"
      let dry = try await stage.gatilhoctl(["purge", "--dry-run"])
      #expect(dry.text == found + "nothing was removed\n")
      #expect(dry.error.contains("WARNING: the messages of 1 of these events were not delivered"))
      #expect(dry.status == .exited(0))
      let asked = try await stage.gatilhoctl(["purge"])
      #expect(asked.status == .exited(64))
      #expect(asked.error.hasSuffix("\nRemove this for good. Confirm it with --yes.\n"))
      #expect(isThere("applications/001/1.jsonl", on: stage))
      #expect(!isThere("audit.jsonl", on: stage))
      let done = try await stage.gatilhoctl(["purge", "--yes"])
      #expect(done.text == found + "removed " + found)
      #expect(done.status == .exited(0))
      #expect(!isThere("applications/001/1.jsonl", on: stage))
      #expect(isThere("applications/001", on: stage))
      #expect(isThere("applications/003/3.jsonl", on: stage))
      #expect(try await stage.gatilhoctl(["purge"]).status == .exited(0))
      let audit = try Data(contentsOf: URL(filePath: stage.folder.state + "/audit.jsonl"))
        .split(separator: UInt8(ascii: "\n")).compactMap { JSONValue(Array($0)) }
      #expect(audit.map { $0.at("/applications") } == [2, 0])
      #expect(audit.map { $0.at("/olderThan") } == ["365d", "365d"])
    }
  }

  private static let mistakes: [([String], Int32)] = [
    ([], 78), (["--older-than", "47h"], 64), (["--older-than", "soon"], 64),
  ]

  @Test(arguments: mistakes)
  func `without a time that will do nothing goes`(_ arguments: [String], _ status: Int32)
    async throws
  {
    try await onStage(workers: 0) { stage, _ in
      let result = try await stage.gatilhoctl(["purge", "--yes"] + arguments)
      #expect(result.status == .exited(status))
      #expect(result.error.firstMatch(of: /retention|48h|365d/) != nil)
    }
  }

  @Test func `a busy application is left for the next run, the others go`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      for number in [Int64(1), 2] {
        _ = try await gupy.post(moved(number).body)
        try stage.age(number)
      }
      let lock = HeldLock(1, on: stage)
      let result = try await stage.gatilhoctl(["purge", "--older-than", "365d", "--yes"])
      lock.release()
      #expect(result.status == .exited(75))
      #expect(result.error == "application 1 is being handled by another process\n")
      #expect(isThere("applications/001/1.jsonl", on: stage))
      #expect(!isThere("applications/002/2.jsonl", on: stage))
      #expect(
        try await stage.gatilhoctl(["purge", "--older-than", "365d", "--yes"]).status == .exited(0))
      #expect(!isThere("applications/001/1.jsonl", on: stage))
    }
  }

  @Test func `a purge that is stopped finishes the application in hand`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      for number in [Int64(1), 2] {
        _ = try await gupy.post(moved(number).body)
        try stage.age(number)
      }
      let locks = [HeldLock(1, on: stage), HeldLock(2, on: stage)]
      let purge = ["purge", "--older-than", "365d", "--yes"]
      let watch = LockWatch(stage.folder.state + "/lock")
      let stopped = try await stage.gatilhoctl(purge, until: .terminate) {
        () async throws in
        #expect(try await watch.sees(tries: 1))
      } then: { () async throws in
        // It hears of the signal while it waits for the lock.
        #expect(try await watch.sees(tries: 30))
        for lock in locks { lock.release() }
      }
      #expect(stopped.status == .exited(75))
      let left = [1, 2].filter { isThere("applications/00\($0)/\($0).jsonl", on: stage) }
      #expect(left.count == 1)
      #expect(try await stage.gatilhoctl(purge).text.hasPrefix("applications: 1, events: 1,"))
    }
  }

  /// The application of every event is old until its event comes: it may be purged a moment before,
  /// or may not.
  @Test func `beside workers no event is lost and none is sent twice`() async throws {
    try await onStage(workers: 8) { stage, gupy in
      let events = (1...120).map { moved(Int64($0)) }
      for event in events {
        _ = try await gupy.post(moved(event.application, minutesAgo: 60).body)
        try stage.age(event.application)
      }
      let before = try stage.accepted().count
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<2 {
          group.addTask {
            for _ in 0..<6 {
              let result = try await stage.gatilhoctl(["purge", "--older-than", "48h", "--yes"])
              #expect(result.status == .exited(0), "\(result.error)")
            }
          }
        }
        for event in events + events {
          group.addTask {
            let status = try await gupy.post(event.body).status
            #expect(status == 200)
          }
        }
        try await group.waitForAll()
      }
      #expect(try stage.accepted().dropFirst(before).sorted() == events.map(\.id).sorted())
      for event in events {
        #expect(try await gupy.post(event.body).text("/duplicate") == "true")
        #expect(
          try stage.journal(event.application).suffix(3).map(\.kind) == [
            "event", "attempt", "outcome",
          ])
      }
    }
  }
}
