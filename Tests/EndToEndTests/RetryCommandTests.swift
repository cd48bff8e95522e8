import FoundationEssentials
import Glibc
import HTTPClient
import JSON
import Journal
import Sandbox
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// `gatilhoctl retry` beside real workers: what was not delivered, and nothing else.
@Suite struct RetryCommandTests {
  @Test func `what is unavailable is sent by retry, and Gupy's next repeat is a duplicate`()
    async throws
  {
    try await onStage { stage, gupy in
      let event = moved(mobile: Marker.mobile("0429"))
      #expect(try await gupy.post(event.body).status == 503)
      let first = try await stage.retry()
      #expect(first.text.contains("\(event.id)  application.moved  unavailable  → accepted\n"))
      #expect(first.text.hasSuffix("\naccepted 1\n"))
      #expect(first.status == .exited(0))
      #expect(try await gupy.post(event.body).text("/duplicate") == "true")
      #expect(try await stage.retry().text == "nothing to do\n")
      #expect(try stage.accepted() == [event.id])
      #expect(
        try stage.journal(612_000_101).map(\.kind) == [
          "event", "attempt", "outcome", "attempt", "outcome",
        ])
    }
  }

  @Test func `an event whose process died before it decided is taken up`() async throws {
    try await onStage { stage, gupy in
      let event = moved()
      _ = try await gupy.post(event.body)
      let path = Journal(state: stage.folder.state).path(of: event.application)
      let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
      try Data(text.prefix(through: try #require(text.firstIndex(of: "\n"))).utf8)
        .write(to: URL(filePath: path))
      let result = try await stage.retry("--application", String(event.application))
      #expect(result.text.contains("unavailable  → accepted\n"))
      #expect(try stage.journal(612_000_101).count == 3)
    }
  }

  @Test func `an event without a rule is sent once there is one, by a line that reopens it`()
    async throws
  {
    let none: JSONValue = [["event": "application.created", "template": "t"]]
    try await onStage(changes: ["messages": none]) { stage, gupy in
      let event = moved()
      #expect(try await gupy.post(event.body).text("/reason") == "noRule")
      let before = try stage.journal(612_000_101)
      #expect(try await stage.retry("--status", "noRule").text.hasSuffix("\nunchanged 1\n"))
      #expect(try stage.journal(612_000_101) == before)
      try stage.change("messages", to: [["event": "application.moved", "template": "t"]])
      #expect(try await stage.retry("--status", "noRule").text.hasSuffix("\naccepted 1\n"))
      let story = try stage.journal(612_000_101)
      #expect(story.map(\.kind) == ["event", "outcome", "reopened", "attempt", "outcome"])
      #expect(story[2].at("/reopened") == ["by": "retry"])
      #expect(try await gupy.post(event.body).text("/status") == "accepted")
    }
  }

  @Test(arguments: [("0400", "rejected"), ("0000", "undeliverable")])
  func `what was final is handled again only when it is asked for`(
    _ ending: String, _ status: String
  ) async throws {
    try await onStage { stage, gupy in
      let mobile = ending == "0000" ? "(11) 3333-0000" : Marker.mobile(ending)
      let event = moved(mobile: mobile)
      #expect(try await gupy.post(event.body).text("/status") == status)
      #expect(try await stage.retry().text == "nothing to do\n")
      let again = try await stage.retry("--status", status)
      #expect(again.text.hasSuffix(status == "rejected" ? "\nrejected 1\n" : "\nunchanged 1\n"))
      #expect(try stage.journal(612_000_101).filter { $0.kind == "reopened" }.count <= 1)
    }
  }

  @Test func `what may have been sent is sent again only after a yes`() async throws {
    try await onStage { stage, gupy in
      let event = moved(mobile: Marker.mobile("0500"))
      #expect(try await gupy.post(event.body).text("/status") == "unconfirmed")
      #expect(try await stage.retry().text == "nothing to do\n")
      let refused = try await stage.retry("--status", "unconfirmed")
      #expect(refused.status == .exited(64))
      #expect(refused.error == "Send what may have been sent before: 1. Confirm it with --yes.\n")
      #expect(try stage.folder.received.all().count == 1)
      let sent = try await stage.retry("--status", "unconfirmed", "--yes")
      #expect(sent.text.hasSuffix("\nunconfirmed 1\n"))
      #expect(try stage.folder.received.all().count == 2)
    }
  }

  @Test func `what a person has settled is closed and never sent`() async throws {
    try await onStage { stage, gupy in
      let events = [
        moved(1, mobile: Marker.mobile("0500")), moved(2, mobile: Marker.mobile("0429")),
      ]
      for event in events { _ = try await gupy.post(event.body) }
      let arguments = ["--status", "unconfirmed", "--status", "unavailable", "--mark-accepted"]
      #expect(try await stage.gatilhoctl(["retry"] + arguments).status == .exited(64))
      let closed = try await stage.gatilhoctl(["retry"] + arguments + ["--yes"])
      #expect(closed.text.hasSuffix("\naccepted 2\n"))
      for event in events {
        let answer = try await gupy.post(event.body)
        #expect(answer.text("/status") == "accepted")
        #expect(answer.text("/reason") == "marked")
      }
      #expect(try stage.folder.received.all().count == 2)
    }
  }

  @Test func `a dry run says what would be done and does nothing`() async throws {
    try await onStage { stage, gupy in
      let older = moved(minutesAgo: 9, mobile: Marker.mobile("0503"))
      let newer = moved(minutesAgo: 8, mobile: Marker.mobile("0503"))
      for event in [older, newer] { _ = try await gupy.post(event.body) }
      let before = try stage.journal(612_000_101)
      let text = try await stage.retry("--dry-run").text
      #expect(text.contains("\(older.id)  application.moved  unavailable  → ignored: superseded\n"))
      #expect(
        text.contains("\(newer.id)  application.moved  unavailable  → send mudanca_de_etapa\n"))
      #expect(text.hasSuffix("\nfound: 2; nothing was done\n"))
      #expect(try stage.journal(612_000_101) == before)
      #expect(try stage.folder.received.all().count == 2)
      #expect(!FileManager.default.fileExists(atPath: stage.folder.state + "/retry.json"))
    }
  }

  @Test func `after three failures a run ends, and the next one begins with the others`()
    async throws
  {
    try await onStage { stage, gupy in
      for number in 1...5 {
        _ = try await gupy.post(moved(Int64(number), mobile: Marker.mobile("0503")).body)
      }
      let first = try await stage.retry("--rate", "100")
      #expect(first.status == .exited(75))
      #expect(first.text.hasSuffix("\nunavailable 3, untried 2; left for the next run: 5\n"))
      #expect(first.error.contains("failed 3 times in a row"))
      let rows = try await stage.retry("--rate", "100").text.split(separator: "\n")
      #expect(rows.prefix(2).map { $0.split(separator: " ")[1] } == ["4", "5"])
      let run = JSONValue(
        try [UInt8](Data(contentsOf: URL(filePath: stage.folder.state + "/retry.json"))))
      #expect(run?.at("/untried") == 2)
    }
  }

  @Test func `beside workers, Gupy's repeats and a second retry each message is sent once`()
    async throws
  {
    try await onStage(workers: 8) { stage, gupy in
      let events = (1...60).map { moved(Int64($0), mobile: Marker.mobile("0429")) }
      for event in events {
        #expect(try await gupy.post(event.body).status == 503)
        // The fourth would find the provider paused.
        try? FileManager.default.removeItem(atPath: stage.folder.state + "/provider.jsonl")
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<2 {
          group.addTask { _ = try await stage.retry("--rate", "1000") }
        }
        for event in events.reversed() {
          group.addTask {
            let status = try await gupy.post(event.body).status
            #expect(status == 200)
          }
        }
        try await group.waitForAll()
      }
      #expect(try stage.accepted().sorted() == events.map(\.id).sorted())
    }
  }

  @Test func `only the application and the time that are named`() async throws {
    try await onStage { stage, gupy in
      for number in 1...2 {
        _ = try await gupy.post(moved(Int64(number), mobile: Marker.mobile("0429")).body)
      }
      try await Task.sleep(for: .seconds(1.1))
      for since in ["2999-01-01", Date.now.ISO8601Format(), "1s"] {
        #expect(try await stage.retry("--since", since).text == "nothing to do\n")
      }
      #expect(try await stage.retry("--application", "7").text == "nothing to do\n")
      try FileManager.default.removeItem(atPath: stage.folder.state + "/days")
      let blind = try await stage.retry()
      #expect(blind.text == "nothing to do\n")
      #expect(blind.error == "no day index: make it by gatilhoctl reindex\n")
      #expect(try await stage.retry("--application", "2").text.hasSuffix("\naccepted 1\n"))
      #expect(
        try await output(
          programs + "/gatilhoctl", ["reindex", "--config", stage.folder.configuration],
          environment: stage.environment) == "events indexed: 2\n")
      #expect(try await stage.retry("--since", "1h").text.hasSuffix("\naccepted 1\n"))
      #expect(try await stage.retry("--since", "soon").status == .exited(64))
    }
  }

  @Test func `a quarantined body that is an event now is handled, and then it is not kept twice`()
    async throws
  {
    try await onStage { stage, gupy in
      _ = try await gupy.post(Array("[]".utf8))
      let event = moved()
      let file = stage.folder.state + "/quarantine/0000000000000000.json"
      try Data(event.body).write(to: URL(filePath: file))
      let result = try await stage.retry("--status", "quarantine")
      #expect(result.text.hasSuffix("quarantine  → accepted\naccepted 1\n"))
      #expect(result.error.contains("09612b07b5ecb5a5.json: : expected a JSON object"))
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: stage.folder.state + "/quarantine")
          == ["09612b07b5ecb5a5.json"])
      #expect(try await gupy.post(event.body).text("/duplicate") == "true")
    }
  }

  @Test func `a retry that is stopped finishes the event in hand`() async throws {
    try await onStage { stage, gupy in
      let events = [
        moved(1, mobile: Marker.mobile("0429")), moved(2, mobile: Marker.mobile("0429")),
      ]
      for event in events { _ = try await gupy.post(event.body) }
      let result = try await stage.gatilhoctl(["retry", "--rate", "0.5"], until: .terminate) {
        try await eventually { try !stage.accepted().isEmpty }
      }
      #expect(result.status == .exited(75))
      #expect(result.text.hasSuffix("\naccepted 1, untried 1; left for the next run: 1\n"))
      #expect(try await stage.retry().text.hasSuffix("\naccepted 1\n"))
    }
  }

  @Test func `a retry that is killed while it sends does not send again`() async throws {
    try await onStage { stage, gupy in
      let event = moved(mobile: Marker.mobile("0429"))
      _ = try await gupy.post(event.body)
      let silent = LoopbackServer { _, _ in .silence(seconds: 60) }
      try stage.change("provider/baseURL", to: .string(silent.url))
      let result = try await stage.gatilhoctl(["retry"], until: .kill) {
        try await eventually { try stage.journal(612_000_101).count >= 4 }
      }
      #expect(result.status == .signaled(SIGKILL))
      #expect(try await stage.retry().text == "nothing to do\n")
      let held = try await gupy.post(event.body)
      #expect(held.text("/status") == "unconfirmed")
      #expect(held.text("/reason") == "interrupted")
    }
  }

  @Test(.enabled(if: geteuid() == 0, "only root can become another user"))
  func `run as root it becomes the owner of the state folder`() async throws {
    try await onStage { stage, gupy in
      for (number, ending) in [(1, "0101"), (2, "0429")] {
        _ = try await gupy.post(moved(Int64(number), mobile: Marker.mobile(ending)).body)
      }
      _ = try await output("/usr/bin/chown", ["-R", "nobody:nogroup", stage.folder.state])
      _ = try await output("/usr/bin/chmod", ["0711", stage.folder.path])
      #expect(try await stage.retry().text.hasSuffix("\naccepted 1\n"))
      let owners = try await output(
        "/usr/bin/find", [stage.folder.state, "-not", "-user", "nobody"])
      #expect(owners == "")
    }
  }
}
