import FoundationEssentials
import Gupy
import HTTPClient
import Journal
import TestSupport
import Testing

@testable import Configuration
@testable import Handler

/// Seven events of one application in each of their 5,040 orders of arrival, against a model of
/// ten lines.
@Suite struct OrderTests {
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

  @Test func `with dates that are ahead of the clock all seven are sent in every order`()
    async throws
  {
    try await play(whenLate: "ignore", year: 2099) { $0 }
  }

  /// - Parameters:
  ///   - year: of the events' dates; they arrive in 2026.
  ///   - model: which of an order's events are sent, in the order of sending.
  private func play(
    whenLate: String, year: Int = 2026, _ model: @escaping @Sendable ([Int]) -> [Int]
  ) async throws {
    let tally = try await onThread {
      var orders = try Orders(whenLate: whenLate, year: year, model: model)
      try orders.play()
      return orders.tally
    }
    print(
      "whenLate \(whenLate), dates of \(year): \(tally.cases) orders, lost \(tally.lost), "
        + "sent twice \(tally.sentTwice)")
    #expect(tally.cases == 5_040)
    #expect(tally.isClean)
  }
}

/// All orders of arrival. Orders that begin alike share their beginning: what the handler knows of
/// it is the application's file, which is put back before each way to go on.
private struct Orders {
  private(set) var tally = Tally()
  private let model: ([Int]) -> [Int]
  private let folder: TemporaryFolder
  private let provider: LoopbackServer
  private let site: Site
  private let events: [WebhookEvent]
  private let client = HTTPClient()

  private static let application: Int64 = 612_000_101
  private let dates: [String]
  /// When the first of an order arrives; each of the others a second after the one before.
  private static let arrival = Timestamp("2026-03-04T18:30:00Z")

  init(whenLate: String, year: Int, model: @escaping ([Int]) -> [Int]) throws {
    self.model = model
    dates = (1...7).map { "\(year)-03-04T18:0\($0):00.000Z" }
    folder = try TemporaryFolder(inMemory: true)
    provider = LoopbackServer { _, _ in
      .answer(LoopbackServer.http(200, #"{"message":{"uuid":"u"}}"#))
    }
    let file = try folder.write(
      """
      { "gupy": { "secrets": ["env:S"] }, "state": "\(folder.path)", "recipients": "everyone",
        "provider": { "profile": "callbell", "baseURL": "\(provider.url)",
          "settings": { "token": "env:S", "channel": "c", "optIn": true } },
        "messages": [
          { "event": "application.moved", "template": "t", "whenLate": "\(whenLate)" }] }
      """, to: "g.json")
    site = try Configurations(defaultFile: file, environment: ["S": "s"]).site(nil)
    events = try dates.enumerated().map { try Self.event($0, date: $1) }
  }

  /// A move with what decides here, and no more.
  private static func event(_ number: Int, date: String) throws -> WebhookEvent {
    let body = """
      {"id":"event-\(number)","event":"application.moved","date":"\(date)",
       "data":{"application":{"id":\(application),"currentStep":{"name":"Etapa \(number)"}},
        "job":{"name":"Padeiro"},"candidate":{"mobileNumber":"+5511955550101"}}}
      """
    guard case .event(let event) = try WebhookPayload(json: Array(body.utf8)).validated() else {
      throw PayloadError.notJSON
    }
    return event
  }

  private var path: URL { URL(filePath: site.journal.path(of: Self.application)) }

  /// Plays every order that begins with `order`, of which `sent` were sent.
  mutating func play(_ order: [Int] = [], sent: [Int] = []) throws {
    guard order.count < events.count else { return try check(order, sent) }
    let file = order.isEmpty ? nil : try Data(contentsOf: path)
    for number in events.indices where !order.contains(number) {
      if let file { try file.write(to: path) }
      if file == nil { try? FileManager.default.removeItem(at: path) }
      let count = try deliver(number, after: order.count)
      try play(order + [number], sent: sent + Array(repeating: number, count: count))
    }
  }

  /// How often the event's message was sent.
  private func deliver(_ number: Int, after earlier: Int) throws -> Int {
    let first = try #require(Self.arrival).milliseconds
    let now = Timestamp(milliseconds: first + Int64(earlier) * 1_000)
    let deadline = Deadline(age: nil)
    var handling = try Handling(
      events[number], at: site, by: deadline, now: { now }, log: LogLine())
    guard case .settled(_, _, false) = try handling.answer(with: client) else {
      Issue.record("not settled")
      return 0
    }
    let requests = provider.takeRequests()
    #expect(requests.allSatisfy { $0.contains(events[number].id) })
    return requests.count
  }

  /// What came of a whole order.
  private mutating func check(_ order: [Int], _ sent: [Int]) throws {
    let story = try site.journal.open(Self.application, wait: .seconds(1))
    let kept = story.history.entries.compactMap { $0.event?.date.description }
    let isAsExpected =
      sent == model(order) && sent.contains(6) && kept == order.map { dates[$0] }
    if !isAsExpected && tally.lost == 0 {
      Issue.record("order \(order): sent \(sent), kept \(kept)")
    }
    tally.cases += 1
    tally.lost += isAsExpected ? 0 : 1
    tally.sentTwice += sent.count - Set(sent).count
  }
}
