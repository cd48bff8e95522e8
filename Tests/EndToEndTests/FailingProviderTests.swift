import FoundationEssentials
import Glibc
import Gupy
import HTTPClient
import Handler
import JSON
import Journal
import Pages
import Sandbox
import Synchronization
import TestSupport
import Testing

/// A provider that fails is not asked for a while, and nothing is lost of it.
@Suite struct FailingProviderTests {
  @Test
  func `after three failures nothing is sent for as long as the provider asks, and then one tries`()
    async throws
  {
    try await onStage { stage, gupy in
      for number in 1...3 {
        _ = try await gupy.post(moved(Int64(number), mobile: Marker.mobile("0503")).body)
      }
      let event = moved(4)
      let paused = try await gupy.post(event.body)
      #expect(paused.status == 503)
      #expect(paused.retryAfter == "60")
      #expect(paused.text("/status") == "unavailable")
      #expect(paused.text("/reason") == "paused")
      #expect(try stage.folder.received.all().count == 3)
      try stage.ageFailures()
      #expect(try await gupy.post(event.body).text("/reason") == "paused")
      try stage.ageFailures()
      #expect(try await gupy.post(event.body).text("/status") == "accepted")
      #expect(try await gupy.post(moved(5).body).text("/status") == "accepted")
    }
  }

  @Test func `a provider that accepts and hangs under load puts few messages in doubt`()
    async throws
  {
    let hangs = Mutex(true)
    let provider = LoopbackServer { _, _ in
      hangs.withLock(\.self)
        ? .silence(seconds: 12) : .answer(LoopbackServer.http(200, #"{"message":{"uuid":"u"}}"#))
    }
    let changes: [String: JSONValue] = ["provider/baseURL": .string(provider.url)]
    try await onStage(workers: 3, changes: changes) { stage, gupy in
      let events = (1...24).map { moved(Int64($0)) }
      #expect(try await post(events, gupy)["unconfirmed"] == 3)
      try stage.ageFailures()
      let probed = try await post(events, gupy)
      #expect(probed == ["duplicate": 3, "unconfirmed": 1, "unavailable": 20])
      hangs.withLock { $0 = false }
      try stage.ageFailures()
      var settled = try await post(events, gupy)
      if settled["unavailable"] != nil { settled = try await post(events, gupy) }
      #expect(settled["unavailable"] == nil)
      #expect(provider.requests.count == 24)
      for event in events { #expect(provider.requests.count { $0.contains(event.id) } == 1) }
    }
  }

  @Test func `a prober that is stopped keeps nobody waiting, and everybody sees who and why`()
    async throws
  {
    let hangs = Mutex(false)
    let provider = LoopbackServer { _, _ in
      hangs.withLock(\.self) ? .silence(seconds: 60) : .answer(LoopbackServer.http(503))
    }
    let changes: [String: JSONValue] = ["provider/baseURL": .string(provider.url)]
    try await onStage(workers: 3, changes: changes) { stage, gupy in
      for number in 1...3 { _ = try await gupy.post(moved(Int64(number)).body) }
      try await stage.expectSeen(.paused, "unconfirmed 503")
      try await stage.expectNotSeen(.stuck)
      hangs.withLock { $0 = true }
      try stage.ageFailures()
      async let probe = stage.gupy.post(moved(4).body)
      try await eventually { provider.requests.count == 4 }
      let prober = try #require(try stage.prober)
      #expect(kill(prober, SIGSTOP) == 0)
      defer { kill(prober, SIGCONT) }
      try await stage.expectSeen(.paused, "\(prober)@")
      #expect(try await gupy.post(moved(5).body).text("/reason") == "paused")
      let retry = try await stage.retry()
      #expect(retry.error.contains("One message tries (\(prober)@"))
      #expect(retry.error.contains("unconfirmed 503, since "))
      hangs.withLock { $0 = false }
      // Nothing but time shows that it does not go on.
      try await eventually {
        try await gupy.post(moved(6).body).text("/reason") != "paused"
      }
      #expect(provider.requests.count == 5)
      try await stage.expectSeen(.stuck, "\(prober)@")
      #expect(kill(prober, SIGCONT) == 0)
      _ = try await probe
      try await eventually { Journal(state: stage.folder.state).isIdle }
      #expect(try await gupy.post(moved(7).body).text("/reason") == "paused")
      try await stage.expectSeen(.paused, "unconfirmed 503")
    }
  }

  @Test func `a key that is refused is seen at the first message, and that it is good again`()
    async throws
  {
    try await onStage { stage, gupy in
      _ = try await gupy.post(moved(1, mobile: Marker.mobile("0401")).body)
      try await stage.expectSeen(.keyRefused, "misconfigured 401")
      try await stage.expectNotSeen(.paused)
      for number in 2...4 {
        _ = try await gupy.post(moved(Int64(number), mobile: Marker.mobile("0401")).body)
      }
      try await stage.expectSeen(.paused, "misconfigured 401")
      let list = try await stage.gatilhoctl("events", "list").text
      #expect(list.contains("Sending is paused for another "))
      #expect(list.contains("misconfigured 401, since "))
      let story = try await stage.gatilhoctl("events", "show", "4").text
      #expect(story.contains("misconfigured 401, since "))
      let metrics = stage.ask(
        [
          ("REQUEST_METHOD", "GET"), ("GATILHO_ENDPOINT", "metrics"),
          ("GATILHO_CONFIG", stage.folder.configuration),
        ], [])
      #expect(metrics.contains(#"timestamp_seconds{cause="misconfigured 401",prober=""}"#))
      try stage.ageFailures()
      #expect(try await gupy.post(moved(5).body).text("/status") == "accepted")
      for kind in [Concern.Kind.keyRefused, .paused] { try await stage.expectNotSeen(kind) }
    }
  }

  /// Delivers all at once; how many were answered each outcome.
  private func post(_ events: [GupyEvent], _ gupy: FakeGupy) async throws -> [String: Int] {
    try await withThrowingTaskGroup(of: String.self) { group in
      for event in events {
        group.addTask {
          let answer = try await gupy.post(event.body)
          let outcome = answer.outcome ?? ""
          #expect((answer.status == 503) == (outcome == "unavailable"), "\(outcome)")
          return outcome
        }
      }
      return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
  }
}

extension Journal {
  /// Whether nobody handles an event, be it for how long.
  fileprivate var isIdle: Bool {
    let now = Timestamp.now.milliseconds
    return working.live(.handling, now: now).isEmpty && working.stuck(now: now).isEmpty
  }
}

extension Stage {
  /// The worker that probes; nil when none does.
  fileprivate var prober: pid_t? {
    get throws {
      let trouble = Journal(state: folder.state).breaker.trouble(now: Timestamp.now.milliseconds)
      return trouble?.prober.flatMap { pid_t($0.name.prefix { $0 != "@" }) }
    }
  }

  /// Lets the provider's failures lie further back: a minute makes the breaker half-open.
  func ageFailures(milliseconds: Int64 = 60_000) throws {
    let file = URL(filePath: folder.state + "/provider.jsonl")
    let lines = try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).map { line in
      let failure = try #require(JSONValue([UInt8](line)))
      let at = try #require(failure.at("/at")?.text.flatMap { Int64($0) })
      return failure.replacing(["at": .integer(at - milliseconds)]).json + [UInt8(ascii: "\n")]
    }
    try Data(lines.joined()).write(to: file, options: .atomic)
  }
}
