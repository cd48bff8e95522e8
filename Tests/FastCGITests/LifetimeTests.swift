import Glibc
import Synchronization
import TestSupport
import Testing

@testable import FastCGI

struct LifetimeTests {
  @Test(arguments: [
    ([:], Lifetime()),
    (["GATILHO_MAX_REQUESTS": "", "GATILHO_IDLE_EXIT": ""], Lifetime()),
    (["GATILHO_MAX_REQUESTS": "1000"], Lifetime(requests: 1_000)),
    (["GATILHO_IDLE_EXIT": "30"], Lifetime(idle: .seconds(30))),
    (
      ["GATILHO_MAX_REQUESTS": "1", "GATILHO_IDLE_EXIT": "2147483647"],
      Lifetime(requests: 1, idle: .seconds(2_147_483_647))
    ),
  ])
  func `the environment sets the bounds`(
    environment: [String: String], lifetime: Lifetime
  ) throws {
    #expect(try Lifetime(environment: environment) == lifetime)
  }

  @Test(
    arguments: ["GATILHO_MAX_REQUESTS", "GATILHO_IDLE_EXIT"],
    ["0", "-1", "+1", "1.5", "1e3", "many", " 1", "1s", "2147483648", "99999999999999999999", "１"])
  func `a value that is no number is an error that names the variable and not the value`(
    variable: String, value: String
  ) {
    let error = #expect(throws: EnvironmentError.self) {
      try Lifetime(environment: [variable: value])
    }
    #expect(
      error?.description
        == "\(variable): expected a whole number from 1 to 2147483647, such as 1000")
  }

  @Test func `workers with one bound do not end together`() {
    let drawn = (0..<1_000).map { _ in Lifetime(requests: 100).connections() }
    #expect(drawn.allSatisfy { (80...100).contains($0) })
    #expect(Set(drawn).count > 10)
    #expect(Lifetime(requests: 1).connections() == 1)
  }

  @Test func `after so many requests a worker ends, and what waits is left to the next one`() throws
  {
    let handled = Atomic(0)
    let first = try TestServer(lifetime: Lifetime(requests: 4)) { request in
      handled.add(1, ordering: .relaxed)
      return TestServer.describe(request)
    }
    let clients = (0..<6).map { _ in makeConnection(to: first.listener) }
    for client in clients { write(Record.post("hello"), to: client) }
    try #require(first.endsByItself())
    #expect(handled.load(ordering: .relaxed) == 4)
    let second = try TestServer(sharing: first)
    defer { second.stop() }
    for client in clients {
      #expect(FastCGIClient(descriptor: client).answer()?.hasSuffix("POST complete hello") == true)
    }
  }

  @Test func `a worker ends when nobody came for so long, and not before`() throws {
    let idle = Duration.seconds(1)
    let server = try TestServer(lifetime: Lifetime(idle: idle))
    var lastVisit = ContinuousClock.now
    for _ in 0..<4 {
      usleep(400_000)
      let visit = ContinuousClock.now
      // On a machine that lets this thread wait for so long, nobody came for so long.
      guard server.ask(Record.post("hello")) != nil else { break }
      lastVisit = visit
    }
    #expect(server.endsByItself())
    #expect(ContinuousClock.now - lastVisit >= idle)
  }
}
