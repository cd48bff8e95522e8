import Configuration
import FoundationEssentials
import Gupy
import HTTPClient
import JSON
import Journal
import Sandbox
import Synchronization
import TestSupport
import Testing

@testable import Handler

/// One event on its way under its application's lock: what is on disk when, what leaves, and what
/// Gupy is told.
@Suite struct HandlingTests {
  private let folder: TemporaryFolder
  private let event = GupyEvent(application: 1, date: "2026-03-04T18:30:00.000Z")
  private static let accepted = LoopbackServer.http(200, #"{"message":{"uuid":"u"}}"#)
  private static let arrival = Timestamp(milliseconds: 1_772_649_012_345)

  init() throws {
    folder = try TemporaryFolder(inMemory: true)
  }

  /// The customer of this provider.
  private func site(_ provider: LoopbackServer, whenUnconfirmed: String = "hold") throws -> Site {
    let file = try folder.write(
      """
      { "gupy": { "secrets": ["env:S"] }, "state": "\(folder.path)", "recipients": "everyone",
        "provider": { "profile": "callbell", "baseURL": "\(provider.url)",
          "whenUnconfirmed": "\(whenUnconfirmed)",
          "settings": { "token": "env:S", "channel": "c", "optIn": true } },
        "messages": [{ "event": "application.moved", "template": "t" }] }
      """, to: "g.json")
    return try Site(file: file, environment: ["S": "s"])
  }

  /// Handles an event, and says what Gupy is told in a word, and whether it is to come again.
  private func handle(
    _ event: GupyEvent? = nil, at site: Site, waited age: Duration? = nil,
    now: Timestamp = arrival, isReopened: Bool = false
  ) throws -> (name: String, isAgain: Bool) {
    var handling = try Handling(
      validated((event ?? self.event).body), at: site, by: Deadline(age: age), now: { now },
      log: LogLine(), reopenedBy: isReopened ? "retry" : nil)
    return told(try handling.answer(with: HTTPClient()))
  }

  private func told(_ answer: Answer) -> (name: String, isAgain: Bool) {
    if case .again = answer { (answer.name, true) } else { (answer.name, false) }
  }

  /// What the lines of the application's file are, each with its outcome's status and reason.
  private static func story(_ site: Site, application: Int64 = 1) throws -> [String] {
    let path = site.journal.path(of: application)
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
      let value = JSONValue(Array(line.utf8))
      func at(_ pointer: String) -> JSONValue? {
        value.flatMap { JSONPointer(pointer)?.value(in: $0) }
      }
      if at("/event") != nil { return "event" }
      if at("/attempt") != nil {
        return at("/attempt/resend") == true ? "attempt again" : "attempt"
      }
      if let who = at("/reopened/by")?.text { return "reopened by \(who)" }
      return [at("/outcome/status")?.text ?? "?", at("/outcome/reason")?.text].compactMap(\.self)
        .joined(separator: " ")
    }
  }

  /// Leaves the first lines of the application's file, as a process that died after them.
  private func cut(_ site: Site, to count: Int) throws {
    let file = URL(filePath: site.journal.path(of: 1))
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").prefix(count)
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
  }

  @Test func `event and attempt are on disk before a byte leaves, the outcome before the answer`()
    throws
  {
    let seen = Mutex<[String]>([])
    let place = Mutex<Site?>(nil)
    let provider = LoopbackServer { _, _ in
      if let site = place.withLock(\.self), let lines = try? Self.story(site) {
        seen.withLock { $0 = lines }
      }
      return .answer(Self.accepted)
    }
    let site = try site(provider)
    place.withLock { $0 = site }
    #expect(try handle(at: site) == ("accepted", false))
    #expect(seen.withLock(\.self) == ["event", "attempt"])
    #expect(try Self.story(site) == ["event", "attempt", "accepted"])
  }

  @Test func `what is done is a duplicate at every repeat: nothing leaves, and no line is added`()
    throws
  {
    let provider = LoopbackServer { _, _ in .answer(Self.accepted) }
    let site = try site(provider)
    _ = try handle(at: site)
    for _ in 1...3 { #expect(try handle(at: site) == ("duplicate", false)) }
    #expect(try Self.story(site) == ["event", "attempt", "accepted"])
    #expect(provider.requests.count == 1)
  }

  @Test(arguments: [
    (200, "hold", "accepted", false), (422, "hold", "rejected", false),
    (429, "hold", "unavailable", true), (401, "hold", "unavailable", true),
    (500, "hold", "unconfirmed", false), (500, "resend", "unconfirmed", true),
  ])
  func `Gupy is to come again only where that can help`(
    _ status: Int, _ whenUnconfirmed: String, _ name: String, _ isAgain: Bool
  ) throws {
    let answer = status == 200 ? Self.accepted : LoopbackServer.http(status)
    let provider = LoopbackServer { _, _ in .answer(answer) }
    let site = try site(provider, whenUnconfirmed: whenUnconfirmed)
    #expect(try handle(at: site) == (name, isAgain))
    let story = try Self.story(site)
    #expect(story.dropLast() == ["event", "attempt"])
    #expect(story.last?.hasPrefix(name) == true)
    #expect(provider.requests.count == 1)
  }

  @Test func `what is unavailable is decided anew, and its event stands on disk once`() throws {
    let provider = LoopbackServer { number, _ in
      .answer(number == 0 ? LoopbackServer.http(429) : Self.accepted)
    }
    let site = try site(provider)
    #expect(try handle(at: site) == ("unavailable", true))
    #expect(try handle(at: site) == ("accepted", false))
    let story = try Self.story(site)
    #expect(story.count == 5 && story.filter { $0 == "event" }.count == 1)
  }

  @Test func `an attempt whose process died may have been sent, and is held`() throws {
    let provider = LoopbackServer { _, _ in .answer(Self.accepted) }
    let site = try site(provider)
    _ = try handle(at: site)
    try cut(site, to: 2)
    #expect(try handle(at: site) == ("unconfirmed", false))
    #expect(try Self.story(site) == ["event", "attempt", "unconfirmed interrupted"])
    #expect(try handle(at: site) == ("duplicate", false))
    #expect(try Self.story(site).count == 3)
    #expect(provider.requests.count == 1)
  }

  @Test func `with resend it is sent once more, and then never again`() throws {
    let provider = LoopbackServer { number, _ in
      .answer(number == 0 ? Self.accepted : LoopbackServer.http(500))
    }
    let site = try site(provider, whenUnconfirmed: "resend")
    _ = try handle(at: site)
    try cut(site, to: 2)
    #expect(try handle(at: site) == ("unconfirmed", false))
    #expect(try handle(at: site) == ("duplicate", false))
    #expect(provider.requests.count == 2)
    #expect(try Self.story(site).filter { $0 == "attempt again" }.count == 1)
  }

  @Test func `an event whose process died before its attempt is decided as a new one`() throws {
    let provider = LoopbackServer { _, _ in .answer(Self.accepted) }
    let site = try site(provider)
    _ = try handle(at: site)
    try cut(site, to: 1)
    #expect(try handle(at: site) == ("accepted", false))
    #expect(try Self.story(site) == ["event", "attempt", "accepted"])
  }

  @Test(arguments: [(13, true), (15, false)])
  func `with less than eleven seconds left nothing leaves, and Gupy comes again`(
    _ waited: Int, _ isSent: Bool
  ) throws {
    let provider = LoopbackServer { _, _ in .answer(Self.accepted) }
    let site = try site(provider)
    let told = try handle(at: site, waited: .seconds(waited))
    #expect(told == (isSent ? ("accepted", false) : ("unavailable", true)))
    #expect(provider.requests.count == (isSent ? 1 : 0))
    if !isSent { #expect(try Self.story(site) == ["event", "unavailable deadline"]) }
  }

  @Test func `after three failures the fourth event is kept, and nothing leaves`() throws {
    let provider = LoopbackServer { _, _ in .answer(LoopbackServer.http(429)) }
    let site = try site(provider)
    for application in 1...4 {
      let event = GupyEvent(application: Int64(application), date: event.date)
      #expect(try handle(event, at: site) == ("unavailable", true))
    }
    #expect(provider.requests.count == 3)
    #expect(try Self.story(site, application: 4) == ["event", "unavailable paused"])
  }

  @Test(arguments: [(89, true), (90, false)])
  func `Gupy's last deliveries are answered 200, and the event stays unavailable`(
    _ minutes: Int64, _ isAgain: Bool
  ) throws {
    let provider = LoopbackServer { _, _ in .answer(LoopbackServer.http(429)) }
    let site = try site(provider)
    _ = try handle(at: site)
    let later = Timestamp(milliseconds: Self.arrival.milliseconds + minutes * 60_000)
    #expect(try handle(at: site, now: later) == ("unavailable", isAgain))
  }

  @Test func `what was final is handled again where somebody reopens it, and says who`() throws {
    let provider = LoopbackServer { number, _ in
      .answer(number == 0 ? LoopbackServer.http(422) : Self.accepted)
    }
    let site = try site(provider)
    #expect(try handle(at: site) == ("rejected", false))
    #expect(try handle(at: site, isReopened: true) == ("accepted", false))
    let story = try Self.story(site)
    #expect(story.suffix(3) == ["reopened by retry", "attempt", "accepted"])
    #expect(provider.requests.count == 2)
  }

  @Test func `what a person has settled is closed as accepted, and nothing leaves`() throws {
    let provider = LoopbackServer { _, _ in .answer(LoopbackServer.http(500)) }
    let site = try site(provider)
    _ = try handle(at: site)
    var handling = try Handling(
      validated(event.body), at: site, by: Deadline(age: nil), now: { Self.arrival },
      log: LogLine(), reopenedBy: "retry")
    #expect(told(try handling.close()) == ("accepted", false))
    #expect(provider.requests.count == 1)
    let last = try Self.story(site).last
    #expect(last?.hasPrefix("accepted") == true)
  }
}
