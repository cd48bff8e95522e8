import FoundationEssentials
import Gupy
import Journal
import Sandbox
import TestSupport
import Testing

/// A move whose date is ahead of the clock, by Gupy's fault or this host's.
@Suite struct FutureDateTests {
  private func ahead(_ step: String) -> GupyEvent {
    var event = moved(1)
    (event.date, event.step) = ("2099-03-04T18:30:00.000Z", step)
    return event
  }

  private func now(_ step: String) -> GupyEvent {
    var event = moved(1, minutesAgo: 0)
    event.step = step
    return event
  }

  @Test func `a move dated 2099 is sent, silences none that follow, and everybody is told`()
    async throws
  {
    try await onStage(workers: 1) { stage, gupy in
      try await stage.expectNotSeen(.futureDates)
      for (step, status) in [("Teste", "accepted"), ("Contratação", "ignored")] {
        #expect(try await gupy.post(ahead(step).body).text("/status") == status, "\(step)")
        #expect(try await gupy.post(now("Depois de \(step)").body).text("/status") == "accepted")
      }
      try await stage.expectSeen(.futureDates, "1: 2099-03-04T18:30:00.000Z")
      let story = try await stage.gatilhoctl("events", "show", "1").text
      #expect(story.contains("problem: event.date is ahead"))
      let log = try String(contentsOfFile: stage.folder.log, encoding: .utf8)
      #expect(log.contains("s ahead of this machine's clock"))
    }
  }

  @Test func `retry takes up what was ignored as superseded, by name alone`() async throws {
    try await onStage { stage, gupy in
      for event in [moved(1, minutesAgo: 1), moved(1, minutesAgo: 9), now("B")] {
        _ = try await gupy.post(event.body)
      }
      let file = URL(filePath: Journal(state: stage.folder.state).path(of: 1))
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      // As a program left the last one that believed a date of another century.
      let silent = #""outcome":{"reason":"superseded","status":"ignored"}}"#
      let last = try #require(lines.last).replacing(/"outcome":.*/, with: silent)
      try Data((lines.dropLast(2).joined(separator: "\n") + "\n\(last)\n").utf8).write(to: file)
      try FileManager.default.removeItem(atPath: stage.folder.state + "/days")
      _ = try await stage.gatilhoctl("reindex")
      #expect(try await stage.gatilhoctl("retry").text.contains("nothing to do"))
      let look = try await stage.gatilhoctl("retry", "--status", "superseded", "--dry-run")
      #expect(look.text.contains("superseded  → ignored: superseded"))
      #expect(look.text.contains("superseded  → send "))
      let run = try await stage.gatilhoctl("retry", "--status", "superseded")
      #expect(run.text.contains("superseded  → still ignored"))
      #expect(run.text.contains("superseded  → accepted"))
      #expect(run.text.hasSuffix("\naccepted 1, unchanged 1\n"))
      #expect(run.status == .exited(0))
      #expect(try await stage.gatilhoctl("retry", "--help").text.contains("superseded"))
    }
  }
}
