import FoundationEssentials
import Glibc
import Gupy
import HTTPClient
import Handler
import JSON
import Journal
import Sandbox
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// What waits, what only seems to, and who does not go on.
@Suite struct QueueTests {
  @Test(arguments: [20.0, 27.0, 60.0, -20.0])
  func `nginx's clock and the workers' may differ: it is told, and messages are sent`(
    _ ahead: Double
  ) async throws {
    try await onStage(workers: 2) { stage, gupy in
      var application: Int64 = 0
      func deliver(_ queued: Double = 0) async throws -> String {
        application += 1
        return try await stage.ask(moved(application), receivedSecondsAgo: ahead + queued).text
      }
      #expect(try await gupy.post([], secret: nil).status == 401)
      try await eventually {
        let isAccepted = try await deliver().contains("\"status\":\"accepted\"")
        return isAccepted && stage.isSeenAsClock
      }
      try await stage.expectSeen(.clock, "nginx \(ahead > 0 ? "−" : "+")\(abs(Int(ahead))) s")
      let log = try String(contentsOf: URL(filePath: stage.folder.log), encoding: .utf8)
      #expect(
        log.contains(
          "nginx's clock is \(abs(Int(ahead))) s \(ahead > 0 ? "behind" : "ahead of") this host's"))
      // A queue counts all the same: the clocks' difference is taken from it, and no more. One of the
      // future makes no wait longer, for another nginx may have no such clock.
      if ahead > 0 { #expect(try await deliver(20).contains("\"reason\":\"deadline\"")) }
      #expect(try await deliver().contains("\"status\":\"accepted\""))
      let right = try await stage.ask(moved(99), receivedSecondsAgo: 0).text
      if ahead > 0 { #expect(right.contains("\"status\":\"accepted\"")) }
    }
  }

  @Test func `processes that live for one request learn of clocks that differ as well`()
    async throws
  {
    try await onStage(workers: 0) { stage, _ in
      for number in 1...4 {
        let text = try await stage.askOnce(moved(Int64(number)), receivedSecondsAgo: 20)
        #expect(text.contains(number < 3 ? "\"reason\":\"deadline\"" : "\"status\":\"accepted\""))
      }
    }
  }

  @Test func `webhooks that wait for a worker for too long are told of`() async throws {
    try await onStage(workers: 1) { stage, _ in
      try await stage.expectNotSeen(.busy)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 1...2 {
          let event = moved(Int64(number), mobile: Marker.mobile("0408"))
          group.addTask { _ = try await stage.timed(event) }
        }
        try await group.waitForAll()
      }
      try await stage.expectSeen(.busy)
      try await stage.expectNotSeen(.clock)
    }
  }

  @Test func `an application that is held takes two workers, and the others go on`() async throws {
    try await onStage(workers: 4) { stage, gupy in
      let held = HeldLock(7, on: stage)
      let copies = (0..<12).map { _ in moved(7) }
      try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
        for event in copies { group.addTask { try await stage.gupy.post(event.body) } }
        var others = 0
        for number in 100...119 {
          if try await gupy.post(moved(Int64(number)).body).text("/status") == "accepted" {
            others += 1
          }
        }
        #expect(others == 20)
        for try await answer in group {
          #expect(answer.status == 503 && answer.retryAfter == "60")
          #expect(answer.text("/detail")?.contains("for this application") == true)
        }
      }
      try await stage.expectSeen(.busy, "application 7")
      held.release()
      #expect(try await gupy.post(moved(7).body).text("/status") == "accepted")
    }
  }

  @Test func `a copy that comes while the first is handled waits, and is a duplicate`() async throws
  {
    let provider = LoopbackServer { _, _ in
      usleep(1_500_000)
      return .answer(LoopbackServer.http(200, #"{"message":{"uuid":"u"}}"#))
    }
    try await onStage(workers: 3, changes: ["provider/baseURL": .string(provider.url)]) {
      stage, _ in
      let event = moved()
      async let first = stage.gupy.post(event.body)
      async let second = stage.gupy.post(event.body)
      let answers = try await [first, second]
      #expect(answers.map { $0.text("/status") } == ["accepted", "accepted"])
      #expect(answers.count { $0.text("/duplicate") == "true" } == 1)
      #expect(provider.requests.count == 1)
    }
  }

  @Test func `a worker that hangs before it sends ends with a line in the log, and another begins`()
    async throws
  {
    try await onStage(workers: 1) { stage, gupy in
      #expect(try await gupy.post(moved(1).body).text("/status") == "accepted")
      let worker = try #require(stage.workers.all.first)
      let event = moved(1)
      let hang = ["-e", "trace=pread64", "-e", "inject=pread64:delay_enter=600000000:when=1"]
      try await stage.tracing(worker, hang) {
        #expect(try await gupy.post(event.body).status == 504)
        try await eventually {
          let log = try String(contentsOf: URL(filePath: stage.folder.log), encoding: .utf8)
          return log.contains("process \(worker) was busy with one request for over 28 s")
            && log.contains(#""level":"error","milliseconds""#) && log.contains(#""overdue""#)
        }
      }
      // A tracer keeps what has ended until it ends itself.
      try await eventually { !stage.workers.all.contains(worker) }
      try await eventually { !stage.workers.all.isEmpty }
      #expect(try await gupy.post(event.body).text("/status") == "accepted")
    }
  }

  @Test func `a worker that is stopped while it handles is named`() async throws {
    try await onStage(workers: 2) { stage, gupy in
      let event = moved(mobile: Marker.mobile("0408"))
      let client = FastCGIClient(path: stage.folder.file("gatilho.sock"))
      client.send(
        Record.begin() + Record.parameters(Stage.parameters(event.body))
          + Record.input(event.body))
      try await eventually { try !stage.folder.received.all().isEmpty }
      let places = Journal(state: stage.folder.state).working
        .live(.handling, now: Timestamp.now.milliseconds)
      let name = try #require(places.first?.name)
      let worker = try #require(pid_t(name.prefix { $0 != "@" }))
      #expect(kill(worker, SIGSTOP) == 0)
      defer { kill(worker, SIGCONT) }
      try await stage.expectNotSeen(.stuck)
      try await eventually {
        try await stage.gatilhoctl("check").line("stuck") != nil
      }
      try await stage.expectSeen(.stuck, name)
      #expect(kill(worker, SIGKILL) == 0)
      try await eventually { try await stage.gatilhoctl("check").line("stuck") == nil }
      try await stage.expectNotSeen(.stuck)
    }
  }
}

extension Stage {
  /// What a process that was started for one request says.
  fileprivate func askOnce(
    _ event: GupyEvent, receivedSecondsAgo age: Double
  ) async throws -> String {
    var pair: [Int32] = [0, 0]
    #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &pair) == 0)
    let client = FastCGIClient(descriptor: pair[1])
    client.send(
      Record.begin()
        + Record.parameters(Self.parameters(event.body, receivedSecondsAgo: age))
        + Record.input(event.body))
    let status = try await start(
      programs + "/gatilho", environment: environment, input: FileDescriptor(rawValue: pair[0]))
    #expect(status == .exited(0))
    return client.answer() ?? ""
  }

  /// Whether a worker has noted that the clocks differ.
  fileprivate var isSeenAsClock: Bool {
    Journal(state: folder.state).notes.latest(.clock, now: Timestamp.now.milliseconds) != nil
  }
}
