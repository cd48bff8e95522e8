import FastCGI
import FoundationEssentials
import Gupy
import HTTPClient
import Journal
import Messaging
import Sandbox
import TestSupport
import Testing

@testable import Configuration
@testable import Handler
@testable import Lookup

/// What the rules make of a story: a real journal, and a provider on loopback.
@Suite struct PolicyTests {
  private let folder: TemporaryFolder
  private let provider = LoopbackServer { _, request in
    let statuses = ["refuse me": 422, "limit me": 429, "lose me": 500]
    return statuses.first { request.contains($0.key) }.map {
      .answer(LoopbackServer.http($0.value))
    } ?? .answer(LoopbackServer.http(200, #"{"message":{"uuid":"u"}}"#))
  }

  init() throws {
    folder = try TemporaryFolder()
  }

  private static let moved = #""event": "application.moved", "template": "t""#

  /// Handles the events in order with these rules, by default at ten in the evening of their day; the
  /// status or reason of each.
  private func play(
    _ rules: String, _ events: [GupyEvent], recipients: String = #""everyone""#,
    configuration: String = "", now: Timestamp = Timestamp(milliseconds: 1_772_661_600_000)
  ) throws -> [String] {
    let file = try folder.write(
      """
      { "gupy": { "secrets": ["env:S"] }, "state": "\(folder.path)",
        "recipients": \(recipients),
        "provider": { "profile": "callbell", "baseURL": "\(provider.url)",
          "settings": { "token": "env:S", "channel": "c", "optIn": true } },
        \(configuration) "messages": [\(rules)] }
      """, to: "g.json")
    let site = try Configurations(defaultFile: file, environment: ["S": "s"]).site(nil)
    return try events.map { event in
      guard case .event(let event) = try WebhookPayload(json: event.body).validated() else {
        return "no event"
      }
      let deadline = Deadline(age: nil)
      var handling = try Handling(
        event, at: site, by: deadline, now: { now }, log: LogLine())
      switch try handling.answer(with: HTTPClient()) {
      case .settled(_, let outcome, let isDuplicate):
        return isDuplicate ? "duplicate" : outcome.reason ?? outcome.status.rawValue
      case .again(_, let outcome, _): return outcome.status.rawValue
      case .notSubscribed, .quarantined, .refused: return "refused"
      }
    }
  }

  private func event(
    _ minute: Int = 0, step: String = "Entrevista", type: String = "application.moved",
    job: String = "Padeiro", id: String = UUID().uuidString
  ) -> GupyEvent {
    var event = GupyEvent(
      application: 1, date: "2026-03-04T18:\(minute < 10 ? "0" : "")\(minute):00.000Z")
    (event.id, event.type, event.step, event.job) = (id, type, step, job)
    return event
  }

  @Test func `of two reasons the first in the design's order is given`() throws {
    let now = try #require(Timestamp("2026-03-04T19:00:00Z"))
    func reasons(_ events: [GupyEvent], rules: String? = nil) throws -> [String] {
      let standard = #"{ \#(Self.moved), "parameters": ["{{candidate.name}}"] }"#
      return try play(
        rules ?? standard, events, recipients: #""nobody""#,
        configuration: #""staleAfter": "30m","#, now: now)
    }
    func other(_ application: Int64, _ event: GupyEvent) -> GupyEvent {
      var event = event
      event.application = application
      return event
    }
    #expect(try reasons([event(1, step: "Contratação")], rules: "") == ["exceptedStep"])
    let twice = [other(2, event(40)), other(2, event(40))]
    #expect(try reasons(twice, rules: "") == ["noRule", "noRule"])
    let late = [(40, "A"), (50, "B"), (40, "A"), (10, "C")].map { other(3, event($0, step: $1)) }
    #expect(
      try reasons(late) == ["notARecipient", "notARecipient", "repeated", "superseded"])
    var noPhone = [other(4, event(10)), other(5, event(40))]
    noPhone[0].mobile = nil
    noPhone[1].mobile = nil
    #expect(try reasons(noPhone) == ["stale", "undeliverable"])
    var noName = other(6, event(40))
    noName.name = nil
    #expect(try reasons([noName]) == ["notARecipient"])
  }

  @Test func `an event that is on disk is decided as it stands there`() throws {
    var event = event(1)
    #expect(
      try play(#"{ \#(Self.moved), "parameters": ["{{candidate.name}}"] }"#, [event])
        == ["accepted"])
    event.id = "kept"
    event.step = "Entrevista final"
    let kept = try validated(event.body)
    do {
      var story = try Journal(state: folder.path).open(1, wait: .zero)
      try story.keep(
        "kept",
        adding: [
          Line(
            at: Timestamp("2026-03-04T18:01:00.000Z"), eventId: "kept",
            .event(kept.details))
        ])
    }
    event.name = "Outra"
    #expect(
      try play(#"{ \#(Self.moved), "parameters": ["{{candidate.name}}"] }"#, [event])
        == ["accepted"])
    #expect(provider.requests.last?.contains(#""template_values":["Bianca"]"#) == true)
  }

  @Test func `the first rule that matches wins, folded and with wildcards`() throws {
    let rules = """
      { \(Self.moved), "when": { "currentStep.name": "entrevista*", "job.name": "*MOEMA*" } },
      { "event": "application.moved", "template": "refuse me", "when": { "currentStep.name": "TESTE de portugues" } }
      """
    let events = [
      event(1, step: "Entrevista com a loja", job: "Loja Moema, SP"),
      event(2, step: " Teste de Português "),
      event(3, step: "Entrevista", job: "Loja Centro"),
      event(4, type: "application.created"),
    ]
    #expect(try play(rules, events) == ["accepted", "rejected", "noRule", "noRule"])
  }

  @Test func `an excepted step comes before everything else`() throws {
    let steps = ["Contratação", " contratacao ", "Pré-contratação", "CONTRATAÇÃO"]
    let events = steps.enumerated().map { event($0, step: $1) }
    #expect(
      try play("{ \(Self.moved) }", events)
        == ["exceptedStep", "exceptedStep", "accepted", "exceptedStep"])
    var final = event(9, step: "Admissão")
    final.stepType = "final"
    #expect(try play("{ \(Self.moved) }", [final]) == ["exceptedStep"])
  }

  @Test func `a move older than the newest is superseded, an equal date is not`() throws {
    let events = [event(5), event(4, step: "B"), event(5, step: "C"), event(6, step: "D")]
    #expect(
      try play("{ \(Self.moved) }", events)
        == ["accepted", "superseded", "accepted", "accepted"])
  }

  /// A move of another century, by somebody's wrong clock.
  private func ahead(step: String = "A", minute: Int = 0) -> GupyEvent {
    var event = event(minute, step: step)
    event.date = "2099-03-04T18:0\(minute):00.000Z"
    return event
  }

  private static func today(_ time: String) throws -> Timestamp {
    try #require(Timestamp("2026-03-04T\(time)Z"))
  }

  @Test func `a move dated ahead does not outdate those that follow, nor they it`() throws {
    func play(_ event: GupyEvent, at time: String) throws -> [String] {
      try self.play("{ \(Self.moved) }", [event], now: Self.today(time))
    }
    #expect(try play(ahead(step: "A"), at: "18:00:10") == ["accepted"])
    #expect(try play(event(1, step: "B"), at: "18:01:02") == ["accepted"])
    #expect(try play(ahead(step: "C"), at: "18:02:00") == ["accepted"])
    #expect(try play(ahead(step: "D", minute: 9), at: "18:02:00") == ["accepted"])
    #expect(try play(event(3, step: "E"), at: "18:03:01") == ["accepted"])
    #expect(try play(event(1, step: "F"), at: "18:03:02") == ["superseded"])
    #expect(try play(ahead(step: "C"), at: "18:04:00") == ["repeated"])
  }

  @Test func `a move dated ahead to an excepted step outdates nothing that follows`() throws {
    let created = #""event": "application.created", "template": "t", "whenLate": "ignore""#
    func play(_ event: GupyEvent, at time: String) throws -> [String] {
      try self.play("{ \(Self.moved) }, { \(created) }", [event], now: Self.today(time))
    }
    #expect(try play(ahead(step: "Contratação"), at: "18:00:10") == ["exceptedStep"])
    #expect(try play(event(1), at: "18:01:02") == ["accepted"])
    #expect(try play(event(2, type: "application.created"), at: "18:02:02") == ["accepted"])
    #expect(try play(event(0, step: "B"), at: "18:03:00") == ["superseded"])
  }

  @Test func `a date a little ahead is believed, and outdates what is older`() throws {
    let now = try Self.today("18:00:00")
    #expect(
      try play("{ \(Self.moved) }", [event(5), event(4, step: "B")], now: now)
        == ["accepted", "superseded"])
  }

  @Test func `with clocks five minutes apart no move silences the next`() throws {
    let dates = ["18:04:59.900", "18:05:09.999", "18:05:20.001", "18:05:30.000", "18:05:41.000"]
    for (number, date) in dates.enumerated() {
      var event = event(step: "\(number)")
      event.date = "2026-03-04T\(date)Z"
      let now = try Self.today("18:00:\(number)0")
      #expect(try play("{ \(Self.moved) }", [event], now: now) == ["accepted"], "\(date)")
    }
  }

  @Test func `an event dated ahead grows old from its arrival`() throws {
    let limit = #""staleAfter": "30m","#
    let event = ahead()
    provider.stop()
    let first = try play(
      "{ \(Self.moved) }", [event], configuration: limit, now: Self.today("18:00:00"))
    #expect(first == ["unavailable"])
    let later = try play(
      "{ \(Self.moved) }", [event], configuration: limit, now: Self.today("18:31:00"))
    #expect(later == ["stale"])
  }

  @Test func `a date ahead is kept as sent, with a problem that the story tells`() throws {
    _ = try play("{ \(Self.moved) }", [ahead()], now: Self.today("18:00:10"))
    let journal = Journal(state: folder.path)
    let problem = WebhookEvent.Problem(path: .eventDate, problem: .ahead)
    let entry = try #require(try journal.history(of: 1).entries.first)
    #expect(entry.event?.date.description == "2099-03-04T18:00:00.000Z")
    #expect(entry.kept?.problems == [problem])
    // As a program kept it that did not look.
    let path = URL(filePath: journal.path(of: 1))
    let text = String(decoding: try Data(contentsOf: path), as: UTF8.self)
    let old = text.replacing(#"{"path":"event.date","problem":"ahead"}"#, with: "")
    #expect(old != text)
    try Data(old.utf8).write(to: path)
    let story = try #require(try ApplicationStory(of: 1, in: journal))
    #expect(story.lines[0].event?.problems == [problem])
    #expect(
      try play("{ \(Self.moved) }", [event(1, step: "B")], now: Self.today("18:01:02"))
        == ["accepted"])
  }

  @Test func `whenLate decides about late events, by default for moves and not for applications`()
    throws
  {
    let late = [event(5), event(4, step: "B"), event(3, type: "application.created")]
    let created = #""event": "application.created", "template": "t""#
    #expect(
      try play("{ \(Self.moved) }, { \(created) }", late)
        == ["accepted", "superseded", "accepted"])
  }

  @Test func `whenLate can be turned round`() throws {
    let late = [event(5), event(4, step: "B"), event(3, type: "application.created")]
    let created = #""event": "application.created", "template": "t", "whenLate": "ignore""#
    #expect(
      try play(#"{ \#(Self.moved), "whenLate": "deliver" }, { \#(created) }"#, late)
        == ["accepted", "accepted", "superseded"])
  }

  @Test func `the same move under another id is repeated, a way back and forth is not`() throws {
    let events = [
      event(1, step: "A"), event(2, step: "B"), event(3, step: "A"), event(3, step: "A"),
    ]
    #expect(
      try play("{ \(Self.moved) }", events) == ["accepted", "accepted", "accepted", "repeated"])
  }

  @Test func `of two equal events the first still goes out after it was unavailable`() throws {
    let first = event(1, id: "first")
    provider.stop()
    #expect(
      try play("{ \(Self.moved) }", [first, event(1, id: "second"), first])
        == ["unavailable", "repeated", "unavailable"])
  }

  @Test func `a late application does not outdate a move`() throws {
    let rules = #"{ \#(Self.moved) }, { "event": "application.created", "template": "t" }"#
    #expect(
      try play(rules, [event(5, type: "application.created"), event(4)])
        == ["accepted", "accepted"])
  }

  @Test(arguments: [
    ("t", ["accepted", "repeated"]), ("refuse me", ["rejected", "rejected"]),
    ("lose me", ["unconfirmed", "repeated"]), ("limit me", ["unavailable", "unavailable"]),
  ])
  func `a rule with once speaks once, and again where certainly nothing was sent`(
    _ template: String, _ expected: [String]
  ) throws {
    let rule = #"{ \#(Self.moved), "name": "n", "once": true }"#
      .replacing("\"t\"", with: "\"\(template)\"")
    #expect(try play(rule, [event(1, step: "A"), event(2, step: "B")]) == expected)
  }

  @Test func `a rule with once stays used when its attempt cannot be read`() throws {
    let once = #"{ \#(Self.moved), "name": "n", "once": true }"#
    #expect(try play(once, [event(1, step: "A")]) == ["accepted"])
    let path = URL(filePath: folder.path + "/applications/001/1.jsonl")
    let text = String(decoding: try Data(contentsOf: path), as: UTF8.self)
    try Data(text.replacing("\"attempt\"", with: "\"attempu\"").utf8).write(to: path)
    #expect(try play(once, [event(2, step: "B")]) == ["repeated"])
  }

  @Test func `a parameter is clean after it is filled, and never empty`() throws {
    let trailing = #"["{{candidate.name}} {{previousStep.name|}} "]"#
    var first = event(1)
    first.previousStep = nil
    _ = try play(#"{ \#(Self.moved), "parameters": \#(trailing) }"#, [first])
    #expect(provider.requests.last?.contains(#""template_values":["Bianca"]"#) == true)
    first = event(2)
    first.previousStep = nil
    let empty = #"["{{previousStep.name|}}"]"#
    #expect(
      try play(#"{ \#(Self.moved), "parameters": \#(empty) }"#, [first]) == ["undeliverable"])
  }

  @Test func `an old event is stale when its turn comes`() throws {
    let now = try #require(Timestamp("2026-03-04T19:00:00Z"))
    let events = [event(29, step: "A"), event(30, step: "B"), event(31, step: "C")]
    #expect(
      try play(#"{ \#(Self.moved) }"#, events, configuration: #""staleAfter": "30m","#, now: now)
        == ["stale", "accepted", "accepted"])
  }

  @Test func `the parameters of a message may be a list, named, or all`() throws {
    let lists = [
      #"["{{candidate.name}}", "{{previousStep.name|—}}"]"#: #"["Bianca","Cadastro"]"#,
      #"{ "b": "{{job.name}}", "a": "{{candidate.name}}" }"#: #"["Bianca","Padeiro"]"#,
    ]
    for (minute, list) in lists.enumerated() {
      _ = try play(
        #"{ \#(Self.moved), "parameters": \#(list.key) }"#, [event(minute, step: "S\(minute)")])
      let body = try #require(provider.requests.last)
      #expect(body.contains(#""template_values":\#(list.value)"#))
    }
    _ = try play(#"{ \#(Self.moved), "parameters": "all" }"#, [event(9)])
    #expect(provider.requests.last?.contains(#""application.moved""#) == true)
  }
}
