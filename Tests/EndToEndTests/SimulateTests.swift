import FoundationEssentials
import Gupy
import Handler
import JSON
import Journal
import Sandbox
import TestSupport
import Testing

/// `gatilhoctl simulate`, the real program.
@Suite struct SimulateTests {
  private static let speed = 600.0

  @Test func `of 10,000 events and a provider that fails, none is lost and none is sent twice`()
    async throws
  {
    try await onStage(workers: 4, weight: 8, failing: 30) { stage, _ in
      let flight = Task { await stage.letTimeFly(Self.speed) }
      let start = ContinuousClock.now
      let told = try await stage.simulate(
        "--count", "10000", "--duplicates", "5%", "--out-of-order", "20%", "--seed", "5",
        "--speed", String(Self.speed))
      #expect(told.error == "")
      #expect((told.status == .exited(0)) == gaveNothingUp(told), "\(told.text)")
      let seconds = (ContinuousClock.now - start).components.seconds
      var runs = 0
      while try await stage.retry("--rate", "1000").status != .exited(0), runs < 100 { runs += 1 }
      flight.cancel()
      let events = SimulatedEvents(count: 10_000, seed: 5, outOfOrder: 20, start: .now).all
      let (lost, twice) = try stage.verify(events)
      #expect(lost == 0)
      #expect(twice == 0)
      print("\(events.count) events in \(seconds) s: lost \(lost), sent twice \(twice)")
    }
  }

  @Test func `the report says what was answered and what is on disk`() async throws {
    try await onStage { stage, _ in
      let told = try await stage.simulate(
        "--count", "60", "--duplicates", "100", "--no-content-type", "--document-paths", "--seed",
        "5")
      #expect(told.status == .exited(0), "\(told.error)")
      #expect(value("seed", of: told) == "5")
      #expect(value("events", of: told) == "60, 0 of them after the next one")
      #expect(value("deliveries", of: told) == "120, 0 of them repeats, 60 duplicates")
      #expect(value("  answered 200 duplicate", of: told) == "60")
      #expect(value("told 200", of: told) == "60")
      #expect(value("given up by Gupy", of: told) == "0")
      #expect(value("on disk", of: told) == "60 of 60 told 200")
      #expect(value("  accepted", of: told) == value("  answered 200 accepted", of: told))
      #expect(value("  ignored", of: told) == value("  answered 200 ignored", of: told))
      let taken = try stage.accepted()
      #expect(value("  accepted", of: told) == String(taken.count))
      try stage.change("gupy/url", to: .string(stage.folder.webhookURL))
      let again = try await stage.gatilhoctl(
        "simulate", "--ca-file", stage.folder.certificate, "--count", "60", "--seed", "5")
      #expect(value("  answered 200 duplicate", of: again) == "60")
      #expect(try stage.accepted() == taken)
    }
  }

  @Test func `what was answered 200 and is not on disk is no success`() async throws {
    try await onStage(workers: 0) { stage, _ in
      let server = LoopbackServer { _, _ in .answer(LoopbackServer.http(200)) }
      let told = try await stage.simulate("--count", "20", url: server.url)
      #expect(told.status == .exited(1))
      #expect(value("told 200", of: told) == "20")
      #expect(value("on disk", of: told) == "0 of 20 told 200")
    }
  }

  @Test func `what Gupy gives up is no success, and what is on disk of it is for retry`()
    async throws
  {
    try await onStage { stage, _ in
      try stage.change("provider/baseURL", to: .string(Nobody.url))
      let told = try await stage.simulate("--count", "4", "--seed", "5", "--speed", "60000")
      #expect(told.status == .exited(1))
      let givenUp = try #require(value("given up by Gupy", of: told).flatMap { Int($0) })
      #expect(givenUp > 0)
      #expect(value("  given up, and on disk", of: told) == "\(givenUp): for gatilhoctl retry")
      #expect(value("  unavailable", of: told) == String(givenUp))
    }
  }

  @Test func `Ctrl-C ends it with what came of it so far`() async throws {
    try await onStage { stage, _ in
      let arguments = stage.simulation(["--count", "1000", "--rate", "20"])
      let told = try await stage.gatilhoctl(arguments, until: .interrupt) {
        try await eventually { try stage.folder.received.all().count > 2 }
      }
      #expect(told.status == .exited(0))
      let taken = try #require(value("told 200", of: told).flatMap { Int($0) })
      #expect(taken > 2)
      #expect(value("not done: stopped", of: told) == String(1_000 - taken))
      #expect(value("on disk", of: told) == "\(taken) of \(taken) told 200")
    }
  }

  @Test func `a host that is not this machine is refused until it is said to be one's own`()
    async throws
  {
    try await onStage(workers: 0) { stage, _ in
      // To Linux this machine, to anybody who reads it not loopback.
      let server = LoopbackServer { _, _ in .answer(LoopbackServer.http(200)) }
      let url = "http://0.0.0.0:\(server.port)/gupy"
      let refused = try await stage.simulate("--count", "3", url: url)
      #expect(refused.status == .exited(64))
      #expect(refused.error.contains("is not this machine"))
      #expect(refused.error.contains("--i-own-this-host"))
      #expect(server.requests.isEmpty)
      let told = try await stage.simulate("--count", "3", "--i-own-this-host", url: url)
      #expect(told.status == .exited(0))
      #expect(told.error == "not looked up on disk: that is another machine's\n")
      #expect(server.requests.count == 3)
      #expect(value("on disk", of: told) == nil)
    }
  }

  @Test func `an address that does not lead here is refused`()
    async throws
  {
    try await onStage(workers: 0) { stage, _ in
      for url in ["http://198.51.100.7/gupy", "http://gatilho.invalid/gupy", "localhost", ""] {
        let told = try await stage.gatilhoctl("simulate", "--url", url)
        #expect(told.status == .exited(64))
        #expect(told.error.contains("is not this machine"))
      }
      // The configuration's own.
      let told = try await stage.gatilhoctl("simulate")
      #expect(told.status == .exited(64))
      #expect(told.error.contains("https://hooks.example.com/gupy is not this machine"))
    }
  }

  @Test func `a real provider is not asked to write to invented numbers`() async throws {
    try await onStage { stage, _ in
      try stage.change("provider/baseURL", to: "https://198.51.100.7")
      let refused = try await stage.simulate("--count", "3")
      #expect(refused.status == .exited(78))
      #expect(refused.error.contains("the invented numbers may be somebody's"))
      try stage.change("recipients", to: "nobody")
      let told = try await stage.simulate("--count", "3")
      #expect(told.status == .exited(0))
      #expect(value("  ignored", of: told) == "3")
    }
  }

  @Test(arguments: [
    (["--duplicates", "0.05"], "expected whole percents from 0% to 100%, such as 5%"),
    (["--out-of-order", "101%"], "expected whole percents from 0% to 100%, such as 5%"),
    (["--count", "0"], "--count must be 1 to 1000000"),
    (["--rate", "0"], "--rate must be 0.001 to 100000"),
    (["--speed", "0"], "--speed must be 0.001 to 1000000"),
    (["--concurrency", "257"], "--concurrency must be 1 to 256"),
  ])
  func `a number that cannot be meant is refused`(
    _ arguments: [String], _ problem: String
  ) async throws {
    try await onStage(workers: 0) { stage, _ in
      let told = try await stage.gatilhoctl(stage.simulation(arguments))
      #expect(told.status == .exited(64))
      #expect(told.error.contains(problem))
    }
  }
}

extension Stage {
  /// A simulation's arguments.
  fileprivate func simulation(_ arguments: [String], url: String? = nil) -> [String] {
    ["simulate", "--url", url ?? folder.webhookURL, "--ca-file", folder.certificate] + arguments
  }

  /// Runs `gatilhoctl simulate`.
  fileprivate func simulate(_ arguments: String..., url: String? = nil) async throws -> Told {
    try await gatilhoctl(simulation(arguments, url: url))
  }

  /// The pause after a provider's failures knows nothing of `--speed`: here it passes as fast.
  fileprivate func letTimeFly(_ speed: Double) async {
    while !Task.isCancelled {
      // Between two failures there is no file.
      try? ageFailures(milliseconds: Int64(20 * speed))
      try? await Task.sleep(for: .milliseconds(20))
    }
  }

  /// How many events are not at their end on disk, and how many messages the provider took that it
  /// had taken before; what the journal calls accepted was taken.
  fileprivate func verify(_ events: [GupyEvent]) throws -> (lost: Int, twice: Int) {
    let taken = try accepted()
    let (ids, journal) = (Set(taken), Journal(state: folder.state))
    var lost = events.count
    for (application, events) in Dictionary(grouping: events, by: \.application) {
      let history = try journal.history(of: application)
      for event in events {
        guard let standing = history.entry(event.id)?.standing else { continue }
        if standing.isFinished { #expect((standing == .accepted) == ids.contains(event.id)) }
        if standing.isFinished || standing == .unconfirmed { lost -= 1 }
      }
    }
    #expect(ids.isSubset(of: events.map(\.id)))
    return (lost, taken.count - ids.count)
  }
}

/// What stands behind a name in a report.
private func value(_ name: String, of told: Stage.Told) -> String? {
  let cell = name + String(repeating: " ", count: 28 - name.count)
  let line = told.text.split(separator: "\n").first { $0.hasPrefix(cell) }
  return line.map { String($0.dropFirst(29)) }
}

private func gaveNothingUp(_ told: Stage.Told) -> Bool {
  value("given up by Gupy", of: told) == "0" && value("duplicates given up", of: told) == "0"
}
