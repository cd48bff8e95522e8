import FoundationEssentials
import Gupy
import HTTPClient
import JSON
import Journal
import Sandbox
import TestSupport
import Testing

@testable import Handler

/// Seven events of one application in each of their 5,040 orders of arrival, against a model of
/// ten lines.
@Suite(.serialized) struct OrderTests {
  private static let dates = (1...7).map { "2026-03-04T18:0\($0):00.000Z" }
  private let provider = LoopbackServer { _, _ in
    .answer(LoopbackServer.http(200, #"{"message":{"uuid":"u"}}"#))
  }

  @Test func `in every order exactly the moves that were newest on arrival are sent`() async throws
  {
    try await play(whenLate: "ignore") { order in
      order.indices.filter { index in !order[..<index].contains { $0 > order[index] } }
        .map { order[$0] }
    }
  }

  @Test func `with whenLate deliver all seven are sent in every order`() async throws {
    try await play(whenLate: "deliver") { $0 }
  }

  /// Delivers the seven in each order to an application of its own.
  ///
  /// - Parameter model: which of an order's events are sent, in the order of sending.
  private func play(
    whenLate: String, _ model: @escaping @Sendable ([Int]) -> [Int]
  ) async throws {
    try await onThread { try playAll(whenLate: whenLate, model) }
  }

  private func playAll(whenLate: String, _ model: ([Int]) -> [Int]) throws {
    let folder = try TemporaryFolder()
    let site = try site(folder, whenLate)
    let client = HTTPClient()
    var (orders, lost, sentTwice) = (0, 0, 0)
    for order in permutations(Array(0..<7)) {
      orders += 1
      for number in order { try deliver(number, Int64(orders), site, client) }
      let sent = provider.takeRequests().compactMap { request in
        request.firstMatch(of: /"gatilho_id":"(\d)-/).flatMap { Int($0.1) }
      }
      #expect(sent == model(order), "order \(order)")
      #expect(sent.contains(6))
      let kept = try dates(Int64(orders), site)
      #expect(kept == Self.dates)
      lost += kept == Self.dates && sent.contains(6) ? 0 : 1
      sentTwice += sent.count - Set(sent).count
    }
    print("whenLate \(whenLate): \(orders) orders, lost \(lost), sent twice \(sentTwice)")
    #expect(orders == 5_040)
  }

  private func site(_ folder: TemporaryFolder, _ whenLate: String) throws -> Site {
    let file = try folder.write(
      """
      { "gupy": { "secrets": ["env:S"] }, "state": "\(folder.path)", "recipients": "everyone",
        "provider": { "profile": "callbell", "baseURL": "\(provider.url)",
          "settings": { "token": "env:S", "channel": "c", "optIn": true } },
        "messages": [
          { "event": "application.moved", "template": "t", "whenLate": "\(whenLate)" }] }
      """, to: "g.json")
    return try Configurations(defaultFile: file, environment: ["S": "s"]).site(nil)
  }

  private func deliver(
    _ number: Int, _ application: Int64, _ site: Site, _ client: HTTPClient
  ) throws {
    var event = GupyEvent(application: application, date: Self.dates[number])
    event.id = "\(number)-\(application)"
    event.step = "Etapa \(number)"
    guard case .event(let webhook) = try WebhookPayload(json: event.body).validated() else {
      Issue.record("no event")
      return
    }
    let deadline = Deadline(receivedAt: nil, now: .now)
    var handling = try Handling(webhook, at: site, by: deadline, now: { .now }, log: LogLine())
    guard case .settled = try handling.answer(with: client) else {
      Issue.record("not settled")
      return
    }
  }

  /// The dates of what is on disk, sorted.
  private func dates(_ application: Int64, _ site: Site) throws -> [String] {
    let story = try site.journal.open(application, wait: .seconds(1))
    return story.history.entries.compactMap { $0.event?.date.description }.sorted()
  }

  private func permutations(_ items: [Int]) -> [[Int]] {
    guard let last = items.last else { return [[]] }
    return permutations(items.dropLast()).flatMap { shorter in
      (0...shorter.count).map { position in
        Array(shorter[..<position]) + [last] + Array(shorter[position...])
      }
    }
  }
}
