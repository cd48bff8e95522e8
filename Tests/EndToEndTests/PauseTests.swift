import FoundationEssentials
import HTTPClient
import JSON
import Sandbox
import Synchronization
import TestSupport
import Testing

/// A provider that fails is left in peace, and nothing is lost of it.
@Suite struct PauseTests {
  @Test func `after three failures nothing is sent for a minute, and then one event tries`()
    async throws
  {
    try await onStage { stage, gupy in
      for number in 1...3 {
        _ = try await gupy.post(moved(Int64(number), mobile: Marker.mobile("0503")).body)
      }
      let event = moved(4)
      let paused = try await gupy.post(event.body)
      #expect(paused.status == 503)
      #expect(paused.retryAfter == "60")
      #expect(paused.text("/status") == "unavailable")
      #expect(paused.text("/reason") == "paused")
      #expect(try stage.folder.received.all().count == 3)
      try stage.agePause()
      #expect(try await gupy.post(event.body).text("/status") == "accepted")
      #expect(try await gupy.post(moved(5).body).text("/status") == "accepted")
    }
  }

  @Test func `a provider that accepts and hangs under load puts few messages in doubt`()
    async throws
  {
    let hangs = Mutex(true)
    let provider = LoopbackServer { _, _ in
      hangs.withLock(\.self)
        ? .silence(seconds: 12) : .answer(LoopbackServer.http(200, #"{"message":{"uuid":"u"}}"#))
    }
    let changes: [String: JSONValue] = ["provider/baseURL": .string(provider.url)]
    try await onStage(workers: 3, changes: changes) { stage, gupy in
      let events = (1...24).map { moved(Int64($0)) }
      #expect(try await post(events, gupy)["unconfirmed"] == 3)
      try stage.agePause()
      let probed = try await post(events, gupy)
      #expect(probed == ["duplicate": 3, "unconfirmed": 1, "unavailable": 20])
      hangs.withLock { $0 = false }
      try stage.agePause()
      var settled = try await post(events, gupy)
      if settled["unavailable"] != nil { settled = try await post(events, gupy) }
      #expect(settled["unavailable"] == nil)
      #expect(provider.requests.count == 24)
      for event in events { #expect(provider.requests.count { $0.contains(event.id) } == 1) }
    }
  }

  /// Delivers all at once; how many were answered each outcome.
  private func post(_ events: [GupyEvent], _ gupy: FakeGupy) async throws -> [String: Int] {
    try await withThrowingTaskGroup(of: String.self) { group in
      for event in events {
        group.addTask {
          let answer = try await gupy.post(event.body)
          let outcome = answer.outcome ?? ""
          #expect((answer.status == 503) == (outcome == "unavailable"), "\(outcome)")
          return outcome
        }
      }
      return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
  }
}

extension Stage {
  /// Lets the provider's failures, and so a pause, lie further back; a minute ends it.
  func agePause(milliseconds: Int64 = 60_000) throws {
    let file = URL(filePath: folder.state + "/provider.jsonl")
    let lines = try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).map { line in
      let failure = try #require(JSONValue([UInt8](line)))
      let at = try #require(failure.at("/at")?.text.flatMap { Int64($0) })
      return failure.replacing(["at": .integer(at - milliseconds)]).json + [UInt8(ascii: "\n")]
    }
    try Data(lines.joined()).write(to: file, options: .atomic)
  }
}
