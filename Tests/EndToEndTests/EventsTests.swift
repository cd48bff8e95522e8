import FoundationEssentials
import Glibc
import Gupy
import JSON
import Journal
import Sandbox
import TestSupport
import Testing

/// `gatilhoctl events` as a person uses it.
@Suite struct EventsTests {
  /// One event of each kind that needs no waiting: accepted, rejected, undeliverable, superseded, and
  /// one that the provider cannot take now.
  private func withEvents(
    _ body: @Sendable @escaping (Stage, [GupyEvent]) async throws -> Void
  ) async throws {
    try await onStage { stage, gupy in
      var older = moved(1, minutesAgo: 9)
      older.step = "Teste de português"
      let events = [
        moved(1), older, applied(2, mobile: Marker.mobile("0400")), applied(3, mobile: nil),
        applied(4, mobile: Marker.mobile("0503")),
      ]
      for event in events { _ = try await gupy.post(event.body) }
      try await body(stage, events)
    }
  }

  @Test func `the list shows the latest event first, and no more of a candidate than initials`()
    async throws
  {
    try await withEvents { stage, _ in
      let list = try await stage.gatilhoctl("events")
      let rows = list.text.split(separator: "\n").dropFirst()
      let words = rows.map { $0.split(separator: " ")[2...].joined(separator: " ") }
      #expect(words.count == 5)
      #expect(words[0].hasPrefix("4 created unavailable"))
      #expect(words[1].hasPrefix("3 created undeliverable: candidate.mobileNumber"))
      #expect(words[2].hasPrefix("2 created rejected"))
      #expect(words[3].hasPrefix("1 moved ignored: superseded"))
      #expect(words[4].hasPrefix("1 moved accepted"))
      #expect(words[4].contains("Entrevista"))
      #expect(!list.text.contains(Marker.letters))
      #expect(list.status == .exited(0))
      let bare = try await stage.gatilhoctl("events", "list", "--reveal").text
      #expect(bare.contains(Marker.name))
    }
  }

  @Test func `what a provider said in words is shown only when it is asked for`() async throws {
    try await withEvents { stage, _ in
      let file = URL(filePath: Journal(state: stage.folder.state).path(of: 2))
      let text = try String(contentsOf: file, encoding: .utf8)
        .replacing(/"reason":"[^"]*",/, with: "")
        .replacing("\"status\"", with: "\"reason\":\"\(Marker.mobile()) is bad\",\"status\"")
      try text.write(to: file, atomically: false, encoding: .utf8)
      for arguments in [["events"], ["events", "--json"], ["events", "show", "2"]] {
        #expect(try await !stage.gatilhoctl(arguments).text.contains("is bad"))
        #expect(try await stage.gatilhoctl(arguments + ["--reveal"]).text.contains("is bad"))
      }
    }
  }

  @Test func `each filter leaves out what it should`() async throws {
    try await withEvents { stage, _ in
      let filters: [([String], [String])] = [
        (["--status", "rejected"], ["2"]),
        (["--status", "rejected", "--status", "undeliverable"], ["3", "2"]),
        (["--status", "received"], []),
        (["--step", "teste*"], ["1"]), (["--step", "cadastro"], ["4", "3", "2"]),
        (["--job", "*noturno", "--limit", "2"], ["4", "3"]),
        (["--job", "7410021"], ["4", "3", "2", "1", "1"]), (["--job", "741"], []),
        (["--limit", "1"], ["4"]), (["--since", "2999-01-01"], []),
        (["--since", "1h"], ["4", "3", "2", "1", "1"]),
      ]
      for (arguments, expected) in filters {
        let list = try await stage.gatilhoctl(["events", "list", "--json"] + arguments)
        let found = list.text.split(separator: "\n").map {
          JSONValue(Array($0.utf8))?.at("/application")?.text
        }
        #expect(found == expected, "\(arguments)")
        #expect(list.status == .exited(0))
      }
      #expect(
        try await stage.gatilhoctl("events", "list", "--status", "lost").status == .exited(64))
      #expect(try await stage.gatilhoctl("events", "list", "--limit", "0").status == .exited(64))
    }
  }

  @Test func `what needs a person is listed with what to do, and exits 1 until there is none`()
    async throws
  {
    try await withEvents { stage, _ in
      _ = try await stage.gupy.post(Array("{}".utf8))
      let list = try await stage.gatilhoctl("events", "list", "--needs-person")
      #expect(list.status == .exited(1))
      #expect(list.text.contains("retry --status rejected"))
      #expect(list.text.contains("retry --status undeliverable"))
      #expect(list.text.contains("no event: \(stage.folder.state)/quarantine/"))
      #expect(!list.text.contains("unavailable"))
      #expect(!list.text.contains("superseded"))
      let none = try await stage.gatilhoctl(
        "events", "list", "--needs-person", "--since", "2999-01-01")
      #expect(none.status == .exited(0))
      #expect(none.text == "")
    }
  }

  @Test func `what is on its way needs nobody, and what a process died with does`() async throws {
    let provider = LoopbackServer { _, _ in .silence(seconds: 1) }
    let changes: [String: JSONValue] = ["provider/baseURL": .string(provider.url)]
    try await onStage(workers: 1, changes: changes) { stage, gupy in
      async let answer = gupy.post(applied(7).body)
      try await eventually { !provider.requests.isEmpty }
      // However long this takes, the worker does not go on.
      stage.workers.signal(SIGSTOP)
      let list = try await stage.gatilhoctl("events")
      #expect(list.text.contains("  7            created  received"))
      #expect(try await stage.gatilhoctl("events", "list", "--needs-person").status == .exited(0))
      try stage.age(7)
      let later = try await stage.gatilhoctl("events", "list", "--needs-person")
      #expect(later.status == .exited(1))
      #expect(later.text.contains("created  unconfirmed"))
      stage.workers.signal(SIGCONT)
      _ = try await answer
    }
  }

  @Test func `show tells the whole story, by application and by event`() async throws {
    try await withEvents { stage, events in
      let story = try await stage.gatilhoctl("events", "show", "1")
      #expect(story.status == .exited(0))
      for words in [
        "moved to “Entrevista”, event \(events[0].id)", "its message goes to callbell",
        "the provider accepted it (HTTP 200, message callbell-\(events[0].id))",
        "→ done: nothing is left to do", "moved to “Teste de português”",
        "no message is due (a newer move came before it)", "CPF: ***",
      ] { #expect(story.text.contains(words), "\(words)") }
      #expect(!story.text.contains(Marker.letters))
      #expect(!story.text.contains(Marker.cpf))
      #expect(try await stage.gatilhoctl("events", "show", events[1].id).text == story.text)
      let open = try await stage.gatilhoctl("events", "show", "4").text
      #expect(open.contains("it was certainly not sent (HTTP 503)"))
      #expect(open.contains("→ unavailable: Gupy's repeats send it"))
      let bare = try await stage.gatilhoctl("events", "show", "1", "--reveal").text
      #expect(bare.contains("candidate: \(Marker.name) Prado"))
      #expect(bare.contains("e-mail: \(Marker.email)"))
    }
  }

  @Test func `every command that show prints names the application, and a closed event says so`()
    async throws
  {
    try await withEvents { stage, _ in
      for application in ["2", "3", "4"] {
        let story = try await stage.gatilhoctl("events", "show", application).text
        let commands = story.matches(of: /gatilhoctl retry --status [^(;]*/).map(\.0)
        #expect(commands.count == (application == "4" ? 0 : 2), "\(story)")
        for command in commands { #expect(command.contains("--application \(application)")) }
      }
      let close = ["--status", "undeliverable", "--mark-accepted", "--application", "3", "--yes"]
      _ = try await stage.gatilhoctl(["retry"] + close)
      let story = try await stage.gatilhoctl("events", "show", "3").text
      #expect(story.contains("closed by a person, settled by other means"))
      #expect(!story.contains("accepted it"))
    }
  }

  @Test func `a quarantined body is dismissed by its name, or all are, and the audit says so`()
    async throws
  {
    try await onStage { stage, gupy in
      for body in ["{}", "[1]", "[2]"] { _ = try await gupy.post(Array(body.utf8)) }
      let folder = stage.folder.state + "/quarantine"
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(names.count == 3)
      let asked = try await stage.gatilhoctl("events", "dismiss", names[0])
      #expect(asked.status == .exited(64))
      let unknown = try await stage.gatilhoctl("events", "dismiss", "../lock", "--yes")
      #expect(unknown.status == .exited(66))
      _ = try await stage.gatilhoctl("events", "dismiss", names[0], "--yes")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
      let all = try await stage.gatilhoctl("events", "dismiss", "--all", "--yes")
      #expect(all.status == .exited(0) && all.text.hasSuffix("removed: 2\n"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
      let audit = try String(contentsOfFile: stage.folder.state + "/audit.jsonl", encoding: .utf8)
      #expect(audit.matches(of: /"command":"dismiss","quarantined":[12]}/).count == 2)
    }
  }

  @Test(arguments: [60, 80, 132])
  func `a list fits the terminal`(_ columns: Int) async throws {
    try await withEvents { stage, _ in
      let list = try await output(
        "/usr/bin/script",
        ["-qec", "stty cols \(columns); \(programs)/gatilhoctl events --reveal", "/dev/null"],
        environment: stage.environment.merging(["PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"]) { $1 }
      )
      let lines = list.split(whereSeparator: \.isNewline)
      #expect(lines.count == 6)
      #expect(lines.allSatisfy { $0.count <= columns } && lines.contains { $0.contains("…") })
    }
  }

  @Test func `show in JSON is the file itself, with the candidate masked`() async throws {
    try await withEvents { stage, _ in
      let shown = try await stage.gatilhoctl("events", "show", "2", "--json").text
      #expect(!shown.contains(Marker.letters))
      #expect(shown.split(separator: "\n").count == 3)
      let bare = try await stage.gatilhoctl("events", "show", "2", "--json", "--reveal").text
      let lines = bare.split(separator: "\n").map { JSONValue(Array($0.utf8)) }
      #expect(lines == (try stage.journal(2)))
    }
  }

  @Test func `what others wrote is shown to the terminal, which obeys none of it`() async throws {
    try await onStage { stage, gupy in
      // ANSI in both spellings, a title, a bell, a backspace, lines of their own, writing turned round.
      let hostile = "a\u{1B}[31m\u{9B}2J\u{1B}]0;x\u{7}\u{8}\r\nb\u{2028}\u{202E}c\tç"
      var event = moved(1)
      event.id = "id" + hostile
      event.name = hostile
      event.step = hostile
      _ = try await gupy.post(event.body)
      let shown = "a�[31m�2J�]0;x��  b �c ç"
      for arguments in [["list"], ["show", "1"]] {
        let text = try await stage.gatilhoctl(["events"] + arguments + ["--reveal"]).text
        #expect(text.contains(shown), "\(arguments)")
        let isObeyed = text.unicodeScalars.contains {
          $0 != "\n" && ($0.properties.generalCategory == .control || $0.properties.isBidiControl)
        }
        #expect(!isObeyed, "\(arguments)")
      }
      let unknown = try await stage.gatilhoctl("events", "show", "x" + hostile)
      #expect(unknown.error.contains("x" + shown))
    }
  }

  @Test(arguments: [["events"], ["events", "show", "x"], ["retry"], ["reindex"]])
  func `a folder in a file's place stops nothing`(_ command: [String]) async throws {
    try await withEvents { stage, _ in
      let before = try await stage.gatilhoctl(command)
      let days = stage.folder.state + "/days/2999-01-01/web1.jsonl"
      let application = stage.folder.state + "/applications/001/1001.jsonl"
      for folder in [days, application] {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      }
      let result = try await stage.gatilhoctl(command)
      #expect(result.status == before.status)
      #expect(!result.error.contains("Is a directory"))
    }
  }

  @Test(arguments: ["9", "no-such-event"])
  func `what is not known exits 66`(_ what: String) async throws {
    try await withEvents { stage, _ in
      let result = try await stage.gatilhoctl("events", "show", what)
      #expect(result.status == .exited(66))
      #expect(result.error.contains(what))
    }
  }
}
