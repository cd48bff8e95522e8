import FoundationEssentials
import Glibc
import JSON
import Sandbox
import Synchronization
import TestSupport
import Testing

/// Processes come and go under constant load, and nobody sees anything of it.
@Suite struct RecyclingTests {
  @Test func `200 reloads and recycles under load lose nothing and send nothing twice`()
    async throws
  {
    let lifetime = ["GATILHO_MAX_REQUESTS": "40", "GATILHO_IDLE_EXIT": "1"]
    try await onStage(workers: 6, environment: lifetime, weight: 4) { stage, _ in
      let load = Load(stage.gupy)
      let bodies = try await withThrowingTaskGroup(of: [GupyEvent].self) { group in
        for sender in 0..<4 { group.addTask { try await load.send(as: sender) } }
        try await recycle(stage, under: load)
        load.isOver.store(true, ordering: .relaxed)
        return try await group.reduce(into: []) { $0 += $1 }
      }
      try check(bodies, on: stage, load)
    }
  }

  /// nginx's reload, SIGTERM and SIGKILL by turns; in the pauses of the load workers end by idleness.
  private func recycle(_ stage: Stage, under load: Load) async throws {
    let nginx = try #require(stage.folder.nginx)
    for number in 0..<200 {
      switch number % 3 {
      case 0: kill(nginx, SIGHUP)
      case 1: try await end(stage.workers, with: SIGTERM)
      default: try await end(stage.workers, with: SIGKILL)
      }
      try await Task.sleep(for: .milliseconds(60))
      guard number % 50 == 49 else { continue }
      let before = stage.workers.started
      load.isPaused.store(true, ordering: .relaxed)
      try await eventually { stage.workers.started >= before + 6 }
      load.isPaused.store(false, ordering: .relaxed)
    }
  }

  /// Ends one worker and waits until it is gone, so that each signal is a worker's end.
  private func end(_ workers: Processes, with signal: Int32) async throws {
    try await eventually { !workers.all.isEmpty }
    let worker = try #require(workers.all.randomElement())
    kill(worker, signal)
    try await eventually { !workers.all.contains(worker) }
  }

  private func check(_ events: [GupyEvent], on stage: Stage, _ load: Load) throws {
    let received = try stage.folder.received.all().map(\.id)
    var (lost, unconfirmed) = (0, 0)
    for event in events {
      let last = try stage.journal(event.application).last
      switch last?.at("/outcome/status") {
      case "accepted": if !received.contains(event.id) { lost += 1 }
      case "unconfirmed": unconfirmed += 1
      default: lost += 1
      }
    }
    let twice = received.count - Set(received).count
    #expect(lost == 0)
    #expect(twice == 0)
    #expect(load.others.load(ordering: .relaxed) == 0)
    // Only a worker killed between its attempt and the answer leaves a doubt.
    #expect(unconfirmed <= 67)
    // Six at first, 133 after a signal, and 6 after each of four pauses.
    #expect(events.count > 200 && stage.workers.started >= 6 + 133 + 24 - 6)
    print(
      "recycling: \(events.count) events, \(stage.workers.started) workers, "
        + "\(load.repeats.load(ordering: .relaxed)) answers 503, \(unconfirmed) unconfirmed, "
        + "lost \(lost), sent twice \(twice)")
  }

  @Test func `500 connections that are silent, stop within a record or drip hold nobody up`()
    async throws
  {
    try await onStage { stage, gupy in
      let port = try #require(URL(string: stage.folder.webhookURL)?.port)
      let hello: [UInt8] = [22, 3, 1, 2, 0, 1, 0, 1, 252]
      let idlers = (0..<500).map { _ in connection(to: UInt16(port)) }
      defer { for idler in idlers { close(idler) } }
      #expect(idlers.allSatisfy { $0 >= 0 })
      var slowest = Duration.zero
      for number in 0..<60 {
        for (index, idler) in idlers.enumerated() where index % 3 != 0 {
          // Half of a TLS record at once, or byte by byte.
          let bytes = index % 3 == 1 ? number == 0 ? hello : [] : [hello[min(number, 8)]]
          _ = send(idler, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        }
        let start = ContinuousClock.now
        #expect(try await gupy.post(moved(Int64(number)).body).text("/status") == "accepted")
        slowest = max(slowest, ContinuousClock.now - start)
      }
      print("500 idle connections: 60 webhooks, the slowest took \(slowest)")
    }
  }

  private func connection(to port: UInt16) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafePointer(to: &address) {
      connect(descriptor, __CONST_SOCKADDR_ARG(__sockaddr_in__: $0), size)
    }
    return code == 0 ? descriptor : -1
  }
}

/// Senders that post one event after the other, and each until it is answered 200.
private final class Load: Sendable {
  private let gupy: FakeGupy
  let isOver = Atomic(false)
  let isPaused = Atomic(false)
  /// Answers 503, each of which is repeated.
  let repeats = Atomic(0)
  /// Answers other than 200 and 503, and none at all.
  let others = Atomic(0)

  init(_ gupy: FakeGupy) { self.gupy = gupy }

  /// Posts events of applications of its own until it is over; returns them.
  func send(as sender: Int) async throws -> [GupyEvent] {
    var events: [GupyEvent] = []
    while !isOver.load(ordering: .relaxed), events.count < 10_000 {
      if isPaused.load(ordering: .relaxed) {
        try await Task.sleep(for: .milliseconds(20))
        continue
      }
      let event = moved(Int64(sender * 10_000 + events.count))
      events.append(event)
      try await deliver(event)
    }
    return events
  }

  private func deliver(_ event: GupyEvent) async throws {
    for _ in 0..<20 {
      switch try? await gupy.post(event.body).status {
      case 200: return
      case 503: repeats.add(1, ordering: .relaxed)
      case let status:
        others.add(1, ordering: .relaxed)
        Issue.record("answered \(String(describing: status))")
      }
    }
    Issue.record("never answered 200")
  }
}
