import FoundationEssentials
import Glibc
import HTTPClient
import Messaging
import Sandbox
import TestSupport
import Testing

/// The same checks, whoever starts gatilho's processes, with real nginx in front.
@Suite struct ManagerTests {
  private func on(
    _ manager: Manager, _ body: @Sendable @escaping (Stage, FakeGupy) async throws -> Void
  ) async throws {
    try await onStage(nginx: manager.nginx, manager: manager) { stage, gupy in
      try await eventually { try await stage.health.get().status == 200 }
      try await body(stage, gupy)
    }
  }

  /// Posts an event to a provider that hangs, signals who handles it meanwhile, and returns the
  /// answer.
  private func interrupt(
    _ event: GupyEvent, on stage: Stage, with signal: Int32
  ) async throws -> HTTPResponse {
    async let answer = stage.gupy.post(event.body)
    try await eventually { try !stage.folder.received.all().isEmpty }
    let busy = stage.folder.busyProcesses
    #expect(busy.count == 1)
    for pid in busy { kill(pid, signal) }
    return try await answer
  }

  @Test(arguments: Manager.allCases)
  func `every kind of request gets its answer`(_ manager: Manager) async throws {
    try await on(manager) { stage, gupy in
      let event = moved()
      let accepted = try await gupy.post(event.body)
      #expect(accepted.status == 200)
      #expect(accepted.text("/status") == "accepted")
      #expect(try await gupy.post(event.body).text("/duplicate") == "true")
      #expect(try await gupy.post(event.body, secret: "wrong").status == 401)
      #expect(try await gupy.post(event.body, secret: nil).status == 401)
      #expect(try await gupy.post(Array("{".utf8)).text("/status") == "quarantined")
      #expect(try await gupy.post(Array("{}".utf8)).text("/status") == "quarantined")
      var other = moved()
      other.type = "job.created"
      #expect(try await gupy.post(other.body).text("/status") == "notSubscribed")
      let failing = moved(2, mobile: Marker.mobile("0429"))
      #expect(try await gupy.post(failing.body).status == 503)
      let padding = [UInt8](repeating: 0x20, count: 1_000_000)
      #expect(try await gupy.post(moved(3).body + padding).text("/status") == "accepted")
      #expect(try await stage.health.get().text("/status") == "healthy")
      #expect(try stage.folder.received.all().count == 3)
    }
  }

  @Test(arguments: Manager.allCases)
  func `20 deliveries of one event at once make one message`(_ manager: Manager) async throws {
    try await on(manager) { stage, gupy in
      let body = moved().body
      try await withThrowingTaskGroup(of: Void.self) { group in
        // All but two are told to come again, and do.
        for _ in 0..<20 {
          group.addTask { try await eventually { try await gupy.post(body).status == 200 } }
        }
        try await group.waitForAll()
      }
      #expect(try stage.folder.received.all().count == 1)
    }
  }

  @Test(arguments: Manager.allCases)
  func `SIGTERM does not cut the request in hand`(_ manager: Manager) async throws {
    try await on(manager) { stage, gupy in
      let answer = try await interrupt(
        moved(mobile: Marker.mobile("0408")), on: stage, with: SIGTERM)
      #expect(answer.text("/reason") == LibcurlReason.timeout)
    }
  }

  @Test(arguments: Manager.allCases.filter(\.restarts))
  func `a killed process is invisible to Gupy, and nothing is sent twice`(
    _ manager: Manager
  ) async throws {
    try await on(manager) { stage, gupy in
      let event = moved(mobile: Marker.mobile("0408"))
      let answer = try await interrupt(event, on: stage, with: SIGKILL)
      // fcgiwrap answers for the program that died, so that nginx asks nobody else.
      if manager == .fcgiwrap {
        #expect(answer.status == 502)
      } else {
        #expect(answer.text("/reason") == "interrupted")
      }
      #expect(try await gupy.post(event.body).status == 200)
      #expect(try stage.folder.received.all().count == 1)
    }
  }

  @Test(arguments: Manager.allCases.filter { !$0.isPerRequest })
  func `an idle worker ends at SIGTERM, and waits for nothing`(_ manager: Manager) async throws {
    try await on(manager) { stage, gupy in
      _ = try await gupy.post(moved().body)
      try await eventually { !stage.folder.processes.isEmpty }
      try await expectEndsIdle(try #require(stage.folder.processes.first))
      if manager.restarts { try await eventually { stage.folder.processes.count == 2 } }
    }
  }

  @Test(arguments: Manager.allCases.filter(\.isPerRequest))
  func `no process is left when nothing comes`(_ manager: Manager) async throws {
    try await on(manager) { stage, gupy in
      #expect(try await gupy.post(moved().body).status == 200)
      try await eventually { stage.folder.processes.isEmpty }
    }
  }
}

/// Sends SIGTERM to a worker once it waits for a connection, and expects that it ends without
/// waiting for anything that takes as long as a request may (10 s): on a machine however busy.
func expectEndsIdle(_ worker: pid_t) async throws {
  try await eventually { try processFact(worker, "status", "State:").hasPrefix("S") }
  let start = ContinuousClock.now
  #expect(kill(worker, SIGTERM) == 0)
  try await eventually { !isRunning(worker) }
  #expect(ContinuousClock.now - start < .seconds(9))
}
