import Gupy
import HTTPClient
import Journal
import Sandbox
import TestSupport
import Testing

@testable import Handler

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
    let deadline = Deadline(receivedAt: nil, now: .now)
    var handling = try Handling(event, at: site, by: deadline, now: { .now }, log: LogLine())
    _ = try handling.answer(with: HTTPClient())
  }

  private func find(_ statuses: Set<Retry.Status>) throws -> [Retry.Candidate] {
    var selection = Retry.Selection(since: Timestamp(milliseconds: 0))
    selection.statuses = statuses
    return try Retry(site).find(selection) { Issue.record("\($0)") }
  }

  @Test func `an event that somebody settled meanwhile is left alone`() throws {
    try refuse()
    let candidates = try find([.rejected])
    #expect(candidates.count == 1)
    var results: [String] = []
    for _ in 1...2 {
      results.append(Retry(site).handle(candidates[0]) { Issue.record("\($0)") }.name)
    }
    results.append(Retry(site).close(candidates[0]) { Issue.record("\($0)") }.name)
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

  @Test func `of an event's lines in the index the last counts`() throws {
    try refuse()
    let event = try #require(find([.rejected]).first?.event)
    let days = site.journal.days
    try days.append(
      DayLine(
        at: Timestamp.now.description, eventId: event.id, application: 1,
        type: "application.moved", outcome: Outcome(.accepted)))
    #expect(try find([.rejected]).isEmpty)
    #expect(try find([.unavailable, .unconfirmed, .undeliverable, .noRule]).isEmpty)
  }
}
