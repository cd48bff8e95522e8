import FastCGI
import FoundationEssentials
import Glibc
import HTTPClient
import JSON
import Journal
import Sandbox
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The answer leaves before nginx, and so Gupy, stops waiting for it, whatever is dead, slow or
/// dripping behind the handler, and also when the request waited in the listen queue.
@Suite struct AnswerInTimeTests {
  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 60000\r\nX-Slow: ",
    "HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n",
  ])
  func `a provider that drips its head or its body is given up after 10 s`(
    _ beginning: String
  ) async throws {
    let provider = LoopbackServer { _, _ in .drip(beginning) }
    try await onStage(changes: ["provider/baseURL": .string(provider.url)]) { stage, _ in
      let event = moved()
      let timed = try await stage.timed(event)
      timed.expect("unconfirmed", LibcurlReason.timeout, after: 9)
      #expect(try await stage.gupy.post(event.body).text("/duplicate") == "true")
      #expect(provider.requests.count == 1)
    }
  }

  @Test func `a provider that never shakes hands is given up after 3 s`() async throws {
    let provider = LoopbackServer { _, _ in .close }
    let url = provider.url.replacing("http:", with: "https:")
    try await onStage(changes: ["provider/baseURL": .string(url)]) { stage, _ in
      let timed = try await stage.timed(moved())
      timed.expect("unavailable", LibcurlReason.timeout, after: 2.5)
      #expect(try stage.providerSeconds() < 9)
      #expect(provider.connectionCount == 1)
    }
  }

  @Test func `a provider that does not answer a SYN is given up after 3 s`() async throws {
    let provider = SilentSockets.deafListener()
    let url = "http://127.0.0.1:\(provider.port)"
    try await onStage(changes: ["provider/baseURL": .string(url)]) { stage, _ in
      let timed = try await stage.timed(moved())
      timed.expect("unavailable", LibcurlReason.timeout, after: 2.5)
      #expect(try stage.providerSeconds() < 9)
    }
  }

  @Test(.enabled(if: geteuid() == 0, "a resolv.conf of one's own needs root"))
  func `a resolver that never answers is given up after 3 s`() async throws {
    let (resolver, address) = SilentSockets.nameServer()
    try await onStage(
      workers: 0, changes: ["provider/baseURL": "https://provider.example"]
    ) { stage, _ in
      let file = stage.folder.file("resolv.conf")
      try Data("nameserver \(address)\noptions timeout:30\n".utf8).write(to: URL(filePath: file))
      let start = ContinuousClock.now
      let answer = try await askOnce(
        stage, ["unshare", "-m", "sh", "-c", "mount --bind \(file) /etc/resolv.conf && exec $0"])
      #expect(answer.contains("\"status\":\"unavailable\""))
      #expect(ContinuousClock.now - start >= .seconds(2.5))
    }
    #expect(resolver.isHeard)
  }

  @Test func `a lock that comes late leaves time for a provider that hangs`() async throws {
    try await onStage { stage, _ in
      let event = moved(mobile: Marker.mobile("0408"))
      let lock = HeldLock(event.application, on: stage)
      let watch = LockWatch(stage.folder.state + "/lock")
      async let timed = stage.timed(event)
      // Three seconds; it waits for ten.
      #expect(try await watch.sees(tries: 80))
      lock.release()
      try await timed.expect("unconfirmed", LibcurlReason.timeout, after: 11.5)
    }
  }

  @Test func `those who wait behind a provider that hangs are told in time`() async throws {
    try await onStage(workers: 1) { stage, _ in
      let answers = try await withThrowingTaskGroup(of: Timed.self) { group in
        for number in 0..<4 {
          let event = moved(Int64(number), mobile: Marker.mobile("0408"))
          group.addTask { try await stage.timed(event) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      // Two find time for the provider, or one on a machine that is busy; nginx, which gives up
      // after 28 s, answers none.
      let reasons = answers.map { $0.answer.text("/reason") }
      let hung = reasons.prefix { $0 == LibcurlReason.timeout }
      #expect(1...2 ~= hung.count)
      #expect(reasons.dropFirst(hung.count).allSatisfy { $0 == "deadline" })
    }
  }

  @Test func `time in the queue is taken from the wait for a lock`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      #expect(try await gupy.post([], secret: nil).status == 401)
      let event = moved()
      let lock = HeldLock(event.application, on: stage)
      let (text, seconds) = try await stage.ask(event, receivedSecondsAgo: 23)
      #expect(text.hasPrefix("Status: 503 ") && text.contains("Gatilho-Outcome: busy\r\n"))
      // Two seconds, not the ten that others wait.
      #expect(24..<33 ~= seconds)
      lock.release()
    }
  }

  @Test func `who waited for long still meets a provider that hangs`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      #expect(try await gupy.post([], secret: nil).status == 401)
      let event = moved(mobile: Marker.mobile("0408"))
      let (text, seconds) = try await stage.ask(event, receivedSecondsAgo: 8)
      #expect(text.contains("\"reason\":\"\(LibcurlReason.timeout)\""))
      #expect(17..<28 ~= seconds)
    }
  }

  /// Delivers an event to a worker of its own, started by a command, and waits for its end.
  private func askOnce(_ stage: Stage, _ command: [String]) async throws -> String {
    var pair: [Int32] = [0, 0]
    #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
    _ = fcntl(pair[1], F_SETFD, FD_CLOEXEC)
    let client = FastCGIClient(descriptor: pair[1])
    let body = moved().body
    client.send(Record.begin() + Record.parameters(Stage.parameters(body)) + Record.input(body))
    let result = try await run(
      .name(command[0]), arguments: Arguments(command.dropFirst() + [programs + "/gatilho"]),
      environment: .inherit.updating([
        "GATILHO_CONFIG": stage.folder.configuration,
        "GATILHO_SECRET": StageConfiguration.secret, "PROVIDER_KEY": StageConfiguration.key,
      ]),
      input: .fileDescriptor(FileDescriptor(rawValue: pair[0]), closeAfterSpawningProcess: true),
      output: .discarded, error: .discarded)
    #expect(result.terminationStatus == .exited(0))
    return client.answer() ?? ""
  }
}
