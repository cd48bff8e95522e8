import FoundationEssentials
import Glibc
import HTTPClient
import JSON
import Journal
import Sandbox
import TestSupport
import Testing

/// What the handler tells the day index.
@Suite struct IndexedEventTests {
  private func index(_ stage: Stage) throws -> [String] {
    let days = Journal(state: stage.folder.state).days
    return try days.days().flatMap { try days.lines(of: $0) }.map { line in
      [String(line.application), line.eventId, line.status, line.reason].compactMap(\.self)
        .joined(separator: " ")
    }
  }

  @Test func `an event is noted when it comes and when something became of it`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      let event = moved(1, minutesAgo: 3, mobile: Marker.mobile("0429"))
      for _ in 1...3 { _ = try await gupy.post(event.body) }
      let older = moved(1, minutesAgo: 9)
      for _ in 1...2 { _ = try await gupy.post(older.body) }
      #expect(
        try index(stage) == [
          "1 \(event.id) received", "1 \(event.id) unavailable", "1 \(event.id) received",
          "1 \(event.id) accepted", "1 \(older.id) received",
          "1 \(older.id) ignored superseded",
        ])
    }
  }

  @Test func `while a message is on its way the index says received`() async throws {
    let provider = LoopbackServer { _, _ in .silence(seconds: 1) }
    let changes: [String: JSONValue] = ["provider/baseURL": .string(provider.url)]
    try await onStage(workers: 1, changes: changes) { stage, gupy in
      let event = moved(1)
      async let answer = gupy.post(event.body)
      try await eventually { !provider.requests.isEmpty }
      // However long this takes, the worker does not go on.
      stage.workers.signal(SIGSTOP)
      #expect(try index(stage) == ["1 \(event.id) received"])
      stage.workers.signal(SIGCONT)
      _ = try await answer
    }
  }

  @Test func `an index that cannot be written stops nothing, and the log says what to do`()
    async throws
  {
    try await onStage(workers: 1) { stage, gupy in
      try Data().write(to: URL(filePath: stage.folder.state + "/days"))
      let event = moved(1)
      #expect(try await gupy.post(event.body).text("/status") == "accepted")
      let log = try String(contentsOf: URL(filePath: stage.folder.log), encoding: .utf8)
      #expect(log.contains("gatilhoctl reindex mends the day index"))
      #expect(log.contains(#""level":"warning""#))
    }
  }
}
