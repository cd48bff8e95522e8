import FoundationEssentials
import Gupy
import HTTPClient
import Journal
import Sandbox
import TestSupport
import Testing

@testable import Configuration
@testable import Handler
@testable import Lookup
@testable import Operations

/// What `retry` finds, and does with it, on a real journal.
@Suite struct RetryTests {
  private let folder: TemporaryFolder
  private let site: Site
  private let provider = LoopbackServer { number, _ in
    number == 0
      ? .answer(LoopbackServer.http(422))
      : .answer(LoopbackServer.http(200, #"{"message":{"uuid":"u"}}"#))
  }

  init() throws {
    folder = try TemporaryFolder()
    let file = try folder.write(
      """
      { "gupy": { "secrets": ["env:S"] }, "state": "\(folder.path)", "recipients": "everyone",
        "provider": { "profile": "callbell", "baseURL": "\(provider.url)",
          "settings": { "token": "env:S", "channel": "c", "optIn": true } },
        "messages": [{ "event": "application.moved", "template": "t" }] }
      """, to: "g.json")
    site = try Site(file: file, environment: ["S": "s"])
  }

  /// Handles a move, which the provider refuses.
  private func refuse() throws {
    let body = GupyEvent(application: 1, date: "2026-03-04T18:30:00.000Z").body
    let event = try validated(body)
    let deadline = Deadline(age: nil)
    var handling = try Handling(event, at: site, by: deadline, now: { .now }, log: LogLine())
    _ = try handling.answer(with: HTTPClient())
  }

  private func find(_ statuses: Set<Standing>) throws -> [Retry.Candidate] {
    try Retry(site).find(
      statuses, since: Timestamp(milliseconds: 0), complain: { Issue.record("\($0)") },
      unreadable: Complaint { Issue.record("\($0)") })
  }

  @Test func `an event that somebody settled meanwhile is left alone`() throws {
    try refuse()
    let candidates = try find([.rejected])
    #expect(candidates.count == 1)
    var results: [String] = []
    for _ in 1...2 {
      results.append(Retry(site).handle(candidates[0]) { Issue.record("\($0)") }.name)
    }
    results.append(Retry(site).handle(candidates[0], closes: true) { Issue.record("\($0)") }.name)
    #expect(results == ["accepted", "settledMeanwhile", "settledMeanwhile"])
    #expect(provider.requests.count == 2)
  }

  @Test func `a quarantined body that was erased meanwhile is neither kept nor sent`() throws {
    let body = GupyEvent(application: 1, date: "2026-03-04T18:30:00.000Z").body
    try site.journal.quarantine.keep(body)
    let candidates = try find([.quarantine])
    #expect(candidates.count == 1)
    let number = try #require(ApplicationID("1"))
    let erasure = Erasure(site.journal, of: .application(number), now: .now)
    let run = RemovalRun(isStopped: { false }, progress: { _, _ in }, complain: { _ in })
    #expect(try erasure.erase(erasure.find { _, _ in }, run).quarantined == 1)
    let result = Retry(site).handle(candidates[0]) { Issue.record("\($0)") }
    #expect(result.name == "settledMeanwhile")
    #expect(provider.requests.isEmpty)
    #expect(try site.journal.history(of: 1).entries.isEmpty)
  }

  /// Handles a move at a moment, and says why no message was due.
  private func move(_ step: String, date: String, at time: String) throws -> String? {
    var event = GupyEvent(application: 1, date: date)
    event.step = step
    guard case .event(let move) = try WebhookPayload(json: event.body).validated() else {
      return "no event"
    }
    let now = try #require(Timestamp("2026-03-04T\(time)Z"))
    var handling = try Handling(
      move, at: site, by: Deadline(age: nil), now: { now }, log: LogLine())
    _ = try handling.answer(with: HTTPClient())
    return try site.journal.history(of: 1).entry(event.id)?.outcome?.reason
  }

  @Test func `what was silenced wrongly is decided anew, and what is outdated stays so`() throws {
    try refuse()
    #expect(try move("A", date: "2026-03-04T18:33:00Z", at: "18:33:01") == nil)
    #expect(try move("B", date: "2026-03-04T18:32:00Z", at: "18:33:02") == "superseded")
    #expect(try move("C", date: "2026-03-04T18:34:00Z", at: "18:34:01") == nil)
    // As a program left the last one that believed a date of another century.
    let path = site.journal.path(of: 1)
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let silent = #""outcome":{"reason":"superseded","status":"ignored"}}"#
    let last = try #require(lines.last).replacing(/"outcome":.*/, with: silent)
    let text = lines.dropLast(2).joined(separator: "\n") + "\n\(last)\n"
    try Data(text.utf8).write(to: URL(filePath: path))
    _ = try site.journal.reindex(
      recent: "2026-03-04", progress: { _, _ in }, complain: Complaint { Issue.record("\($0)") })
    #expect(try find([.unavailable, .unconfirmed, .noRule]).isEmpty)
    let sent = provider.requests.count
    let (retry, candidates) = (Retry(site), try find([.superseded]))
    try #require(candidates.map(\.event.details[.currentStepName]) == ["B", "C"])
    #expect(try candidates.map(retry.preview) == ["ignored: superseded", "send t"])
    #expect(retry.handle(candidates[0]) { Issue.record("\($0)") }.name == "unchanged")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    #expect(retry.handle(candidates[1]) { Issue.record("\($0)") }.name == "accepted")
    #expect(provider.requests.count == sent + 1)
    #expect(try find([.superseded]).map(\.event.details[.currentStepName]) == ["B"])
    let entries = try site.journal.history(of: 1).entries
    #expect(entries.compactMap(\.need) == [.rejected])
  }

  @Test func `of an event's lines in the index the last counts`() throws {
    try refuse()
    let event = try #require(find([.rejected]).first?.event)
    let days = site.journal.days
    try days.append(
      DayLine(
        at: .now, eventId: event.id, application: 1,
        type: "application.moved", outcome: Outcome(.accepted)))
    #expect(try find([.rejected]).isEmpty)
    #expect(try find([.unavailable, .unconfirmed, .undeliverable, .noRule]).isEmpty)
  }
}
