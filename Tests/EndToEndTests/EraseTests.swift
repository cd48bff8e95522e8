import FoundationEssentials
import Gupy
import JSON
import Journal
import Sandbox
import Subprocess
import TestSupport
import Testing

/// `gatilhoctl erase` beside real workers: what it leaves on disk, and what a repeat makes of it.
@Suite struct EraseTests {
  /// A CPF that is one, for candidates whose other values are drawn anew.
  private static let cpf = "11144477735"
  private static let punctuated = "111.444.777-35"

  /// Everything that names the candidate, or what the candidate applied for.
  private static var traces: [String] {
    [
      Marker.letters, cpf, punctuated, String(Marker.mobile().dropFirst(3).prefix(9)), "Prado",
      "Padeiro", "Padaria",
    ]
  }

  private func expectNoTrace(on stage: Stage) async throws {
    for text in Self.traces { #expect(try await stage.traces(of: text) == [], "\(text)") }
  }

  private func audit(_ stage: Stage) throws -> [JSONValue] {
    try Data(contentsOf: URL(filePath: stage.folder.state + "/audit.jsonl"))
      .split(separator: UInt8(ascii: "\n")).compactMap { JSONValue(Array($0)) }
  }

  /// The candidate's events, of two applications and with all that can become of them.
  private var events: [GupyEvent] {
    let endings = ["0101", "0400", "0500", "0101"]
    var events = endings.enumerated().map { number, ending in
      moved(1, minutesAgo: Double(20 - number), mobile: Marker.mobile(ending))
    }
    events[3].step = "Contratação"
    events.append(moved(2, mobile: Marker.mobile("0503")))
    events.append(moved(2, minutesAgo: 4, mobile: "(11) 3333-\(Marker.letters)"))
    for index in events.indices { events[index].cpf = index == 1 ? Self.punctuated : Self.cpf }
    return events
  }

  private static let statuses = [
    "accepted", "rejected", "unconfirmed", "ignored", "ignored", "undeliverable",
  ]

  @Test func `nothing of the candidate is left, and repeats bring nothing back and send nothing`()
    async throws
  {
    try await onStage { stage, gupy in
      let events = events
      for event in events { _ = try await gupy.post(event.body) }
      _ = try await gupy.post(Array(#"{"cpf":"\#(Self.punctuated)","a":"\#(Marker.name)"}"#.utf8))
      _ = try await gupy.post(Array(#"{"data":{"application":{"id":"2"}},"b":"Prado"}"#.utf8))
      _ = try await gupy.post(Array(#"{"cpf":"52998224725"}"#.utf8))
      let other = moved(3)
      var stranger = other
      (stranger.name, stranger.email, stranger.cpf) = ("Caio", "caio@example.com", "52998224725")
      (stranger.mobile, stranger.job) = ("+5521955550101", "Forneiro")
      _ = try await gupy.post(stranger.body)
      let before = try stage.folder.received.all().count
      let story = try stage.journal(3)

      let result = try await stage.gatilhoctl(
        ["erase", "--cpf", "--yes"], input: "\(Self.punctuated)\n")
      #expect(result.status == .exited(0))
      #expect(
        result.text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
          == [
            "application candidate job events",
            "1 N*** \(Marker.letters.prefix(1))*** P*** Padeiro(a) Noturno 4",
            "2 N*** \(Marker.letters.prefix(1))*** P*** Padeiro(a) Noturno 2",
            "applications: 2, events: 6, quarantined bodies: 2",
            "erased applications: 2, events: 6, quarantined bodies: 2",
          ])
      #expect(
        result.text.hasSuffix(
          """
          applications: 2, events: 6, quarantined bodies: 2
          erased applications: 2, events: 6, quarantined bodies: 2

          """))
      #expect(try stage.journal(3) == story)
      try await expectNoTraceOfTheErased(on: stage)

      for (event, status) in zip(events, Self.statuses) {
        let answer = try await gupy.post(event.body)
        #expect(answer.status == 200)
        #expect(answer.text("/status") == status)
        #expect(answer.text("/duplicate") == (event.id == events[4].id ? nil : "true"))
      }
      _ = try await stage.retry("--status", "unavailable", "--status", "unconfirmed", "--yes")
      for status in ["rejected", "undeliverable"] {
        #expect(try await stage.retry("--status", status).status == .exited(0))
      }
      try await expectNoTraceOfTheErased(on: stage)
      #expect(try stage.folder.received.all().count == before)
      #expect(try stage.journal(2).allSatisfy { $0.kind != nil })

      let line = try #require(try audit(stage).last)
      #expect(line.at("/command") == "erase" && line.at("/by") == "cpf")
      #expect(line.at("/events") == 6 && line.at("/quarantined") == 2)
    }
  }

  @Test func `a dry run says whose data would go, and nothing needs action once they are gone`()
    async throws
  {
    try await onStage { stage, gupy in
      for event in events { _ = try await gupy.post(event.body) }
      let before = try [1, 2].map(stage.journal)
      let input = "\(Self.cpf)\n"
      let dry = try await stage.gatilhoctl(["erase", "--cpf", "--dry-run"], input: input)
      #expect(dry.status == .exited(0))
      #expect(
        dry.text.contains("\n1            N*** ") && dry.text.contains("\n2            N*** "))
      #expect(dry.text.hasSuffix("\nnothing was erased\n"))
      #expect(try [1, 2].map(stage.journal) == before)
      let needing = try await stage.gatilhoctl("events", "list", "--needs-person")
      #expect(needing.status == .exited(1))
      _ = try await stage.gatilhoctl(["erase", "--cpf", "--yes"], input: input)
      for command in [["events", "list", "--needs-person"], ["retry"], ["reindex"]] {
        #expect(try await stage.gatilhoctl(command).status == .exited(0), "\(command)")
      }
      #expect(try await stage.gatilhoctl("events", "list", "--needs-person").text == "")
      let list = try await stage.gatilhoctl("events", "list").text
      #expect(list.contains("ignored: erased") && !list.contains("unconfirmed"))
      let page = try await stage.look("/gatilho_metrics").get()
      let metrics = String(decoding: page.body, as: UTF8.self)
      #expect(!metrics.contains(/gatilho_needs_person\{[^}]*\} [1-9]/))
    }
  }

  /// The stranger works for the same bakery.
  private func expectNoTraceOfTheErased(on stage: Stage) async throws {
    let stranger = "\(stage.folder.state)/applications/003/3.jsonl"
    for text in Self.traces {
      #expect(try await stage.traces(of: text).filter { $0 != stranger } == [], "\(text)")
    }
  }

  @Test(arguments: [("--email", "  \(Marker.email.uppercased())\n"), ("--application", "")])
  func `by address or application, and then there is nothing more to find`(
    _ option: String, _ input: String
  ) async throws {
    try await onStage { stage, gupy in
      let event = moved(1)
      _ = try await gupy.post(event.body)
      func erase() async throws -> Stage.Told {
        option == "--email"
          ? try await stage.gatilhoctl(["erase", option, "--yes"], input: input)
          : try await stage.gatilhoctl(["erase", option, "1", "--yes"])
      }
      #expect(
        try await erase().text.hasSuffix(
          "\nerased applications: 1, events: 1, quarantined bodies: 0\n"))
      try await expectNoTrace(on: stage)
      let again = try await erase()
      #expect(again.status == .exited(0))
      #expect(
        again.text.contains(
          option == "--email" ? "nothing found\n" : "\napplications: 1, events: 0")
      )
      #expect(try audit(stage).map { $0.at("/events") } == [1, 0])
    }
  }

  private static let mistakes: [([String], String, Int32)] = [
    (["--cpf"], "11144477735\n", 64), (["--cpf", "--yes"], "11144477736\n", 65),
    (["--email", "--yes"], "nobody\n", 65), (["--cpf", "--yes"], "", 66), (["--yes"], "", 64),
    (["--cpf", "--email"], "", 64),
  ]

  @Test(arguments: mistakes)
  func `nothing is erased before all is clear, and nothing of the person is printed`(
    _ options: [String], _ input: String, _ status: Int32
  ) async throws {
    try await onStage { stage, gupy in
      var event = moved(1)
      event.cpf = Self.cpf
      _ = try await gupy.post(event.body)
      let before = try stage.journal(1)
      let result = try await stage.gatilhoctl(["erase"] + options, input: input)
      #expect(result.status == .exited(status))
      #expect(!(result.text + result.error).contains("111444"))
      #expect(!result.error.isEmpty)
      #expect(try stage.journal(1) == before)
    }
  }

  @Test func `a busy application is reported, and the others are erased`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      for number in [Int64(1), 2] { _ = try await gupy.post(moved(number).body) }
      let lock = HeldLock(1, on: stage)
      let result = try await stage.gatilhoctl(
        ["erase", "--email", "--yes"], input: Marker.email + "\n")
      lock.release()
      #expect(result.status == .exited(75))
      #expect(result.error == "application 1 is being handled by another process\n")
      #expect(try stage.journal(1).first?.at("/erased") == nil)
      #expect(try stage.journal(2).first?.at("/erased") == true)
      #expect(
        try await stage.gatilhoctl(["erase", "--email", "--yes"], input: Marker.email).status
          == .exited(0))
      try await expectNoTrace(on: stage)
    }
  }

  /// A power loss in the middle of an erasure, and the next run.
  @Test(arguments: ["hold", "resend"])
  func `an event whose line was spoiled stays in doubt, and its repeat brings nothing back`(
    _ mode: String
  ) async throws {
    try await onStage(changes: ["provider/whenUnconfirmed": .string(mode)]) { stage, gupy in
      let event = moved(1)
      _ = try await gupy.post(event.body)
      let file = URL(filePath: Journal(state: stage.folder.state).path(of: 1))
      var bytes = [UInt8](try Data(contentsOf: file))
      bytes.replaceSubrange(50..<150, with: [UInt8](repeating: 0x20, count: 100))
      let attempt = try #require(
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").prefix(2).last)
      try Data(bytes.split(separator: UInt8(ascii: "\n"))[0] + Array("\n\(attempt)\n".utf8)).write(
        to: file)
      #expect(try stage.journal(1).count == 1)
      let erased = try await stage.gatilhoctl(["erase", "--application", "1", "--yes"])
      #expect(erased.status == .exited(0))
      let before = try stage.folder.received.all().count
      for duplicate in [nil, "true"] {
        let answer = try await gupy.post(event.body)
        #expect(answer.status == 200)
        #expect(answer.text("/status") == "unconfirmed")
        #expect(answer.text("/duplicate") == duplicate)
      }
      try await expectNoTrace(on: stage)
      #expect(try stage.folder.received.all().count == before)
      #expect(try stage.journal(1).first { $0.kind == "event" }?.at("/erased") == true)
    }
  }

  @Test func `beside workers each message is sent once, and no event is lost`() async throws {
    try await onStage(workers: 8) { stage, gupy in
      let events = (0..<200).map { moved(Int64($0 % 10), minutesAgo: 60 - Double($0) / 4) }
      let answers = try await withThrowingTaskGroup(of: String?.self) { group in
        for _ in 0..<2 {
          group.addTask {
            for round in 0..<40 {
              let result = try await stage.gatilhoctl([
                "erase", "--application", "\(round % 10)", "--yes",
              ])
              #expect(result.status == .exited(0), "\(result.error)")
            }
            return nil
          }
        }
        for event in (events + events).shuffled() {
          group.addTask { try await gupy.post(event.body).status == 200 ? nil : event.id }
        }
        return try await group.reduce(into: [String]()) { if let id = $1 { $0.append(id) } }
      }
      #expect(answers == [])
      let sent = try stage.accepted()
      #expect(Set(sent).count == sent.count)
      for event in events {
        #expect(try await gupy.post(event.body).text("/duplicate") == "true")
        let lines = try stage.journal(event.application).filter {
          $0.at("/eventId")?.text == event.id
        }
        #expect(lines.count { $0.kind == "event" } == 1)
        #expect(lines.contains { $0.kind == "attempt" } == sent.contains(event.id))
      }
      #expect(try stage.accepted() == sent)
      print("erased under load: \(events.count) events, \(sent.count) messages")
    }
  }
}
