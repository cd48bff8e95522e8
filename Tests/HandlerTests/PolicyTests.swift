import FoundationEssentials
import Gupy
import HTTPClient
import Journal
import Messaging
import Sandbox
import TestSupport
import Testing

@testable import Handler

/// What the rules make of a story: a real journal, and a provider on loopback.
@Suite struct PolicyTests {
  private let folder: TemporaryFolder
  private let provider = LoopbackServer { _, request in
    request.contains("refuse me")
      ? .answer(LoopbackServer.http(422))
      : .answer(LoopbackServer.http(200, #"{"message":{"uuid":"u"}}"#))
  }

  init() throws {
    folder = try TemporaryFolder()
  }

  private static let moved = #""event": "application.moved", "template": "t""#

  /// Handles the events in order with these rules; the status or reason of each.
  private func play(
    _ rules: String, _ events: [GupyEvent], configuration: String = "", now: Timestamp = .now
  ) throws -> [String] {
    let file = try folder.write(
      """
      { "gupy": { "secrets": ["env:S"] }, "state": "\(folder.path)", "recipients": "everyone",
        "provider": { "profile": "callbell", "baseURL": "\(provider.url)",
          "settings": { "token": "env:S", "channel": "c", "optIn": true } },
        \(configuration) "messages": [\(rules)] }
      """, to: "g.json")
    let site = try Configurations(defaultFile: file, environment: ["S": "s"]).site(nil)
    return try events.map { event in
      guard case .event(let event) = try WebhookPayload(json: event.body).validated() else {
        return "no event"
      }
      let deadline = Deadline(receivedAt: nil, now: now)
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
    #expect(try play("{ \(Self.moved) }", [first, event(1, id: "second")]).last == "repeated")
    let states = try Journal<WebhookEvent.Details>(state: folder.path)
      .open(1, wait: .zero).history.entry("first")?.state
    #expect(states == .unavailable)
  }

  @Test func `a rule with once speaks once, and again if it was refused`() throws {
    let once =
      #"{ \#(Self.moved), "name": "n", "once": true, "when": { "currentStep.name": "A" } }"#
    #expect(
      try play(once, [event(1, step: "A"), event(2, step: "A")]) == ["accepted", "repeated"])
    let refused = once.replacing("\"t\"", with: "\"refuse me\"")
    let other = { (minute: Int) in
      var event = event(minute, step: "A")
      event.application = 2
      return event
    }
    #expect(try play(refused, [other(1), other(2)]) == ["rejected", "rejected"])
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
