import FoundationEssentials
import Glibc
import HTTPClient
import JSON
import Sandbox
import TestSupport
import Testing

/// What is on disk before a byte leaves and before Gupy hears of it, also where a sync fails: the
/// system calls of one worker, seen and made to fail by strace.
@Suite struct DiskTests {
  private let provider = LoopbackServer { _, request in
    request.contains("0500\"")
      ? .answer(LoopbackServer.http(500))
      : .answer(LoopbackServer.http(200, #"{"message":{"uuid":"u"}}"#))
  }

  private func onTracedStage(
    _ body: @Sendable @escaping (Stage, pid_t) async throws -> Void
  ) async throws {
    let changes = ["provider/baseURL": JSONValue.string(provider.url)]
    try await onStage(workers: 1, changes: changes) { stage, gupy in
      // Whatever this asks, it is answered by a worker that has started.
      #expect(try await gupy.post([], secret: nil).status == 401)
      try await body(stage, try #require(stage.workers.all.first))
    }
  }

  /// Delivers a body to a traced worker: the answer, and what the worker did for it, as
  /// `write 612000101`, `sync applications`, `send`, `answer`; the same twice in a row once.
  private func post(
    _ body: [UInt8], to stage: Stage, _ worker: pid_t, fault: String? = nil
  ) async throws -> (answer: HTTPResponse, calls: [String]) {
    let file = stage.folder.file("strace")
    let names = "trace=pwrite64,fdatasync,fsync,ftruncate,sendto,write"
    let faults = fault.map { ["-e", "inject=" + $0] } ?? []
    let answer = try await stage.tracing(
      worker, ["-yy", "-s", "0", "-e", names] + faults, to: file
    ) {
      let answer = try await stage.gupy.post(body)
      // strace writes a call down when it has returned, and the answer is quicker; then the worker
      // waits for the next one.
      try await eventually { try processFact(worker, "status", "State:").hasPrefix("S") }
      return answer
    }
    let text = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
    let calls = text.split(separator: "\n").compactMap(call).reduce(into: [String]()) {
      if $0.last != $1 { $0.append($1) }
    }
    return (answer, calls)
  }

  /// A line of strace's in a word or two; nil for what is no promise, such as the log.
  private func call(_ line: Substring) -> String? {
    guard let match = line.firstMatch(of: /(\w+)\(\d+<(.+?)>[,)]/) else { return nil }
    let name = match.2.split(separator: "/").last?.prefix { $0 != "." } ?? ""
    switch match.1 {
    case "pwrite64": return "write \(name)"
    case "fdatasync", "fsync": return "sync \(name)"
    case "ftruncate": return "cut \(name)"
    case "sendto": return "send"
    case "write" where match.2.hasPrefix("UNIX"): return "answer"
    default: return nil
    }
  }

  private func bytes(_ stage: Stage) throws -> Data {
    try Data(
      contentsOf: URL(filePath: stage.folder.state + "/applications/101/612000101.jsonl"))
  }

  @Test func `an attempt is on disk before a byte leaves, its outcome before Gupy hears of it`()
    async throws
  {
    try await onTracedStage { stage, worker in
      let (answer, calls) = try await post(moved().body, to: stage, worker)
      #expect(answer.text("/status") == "accepted")
      #expect(
        calls == [
          "sync 101", "sync applications", "sync state", "write 612000101", "sync 612000101",
          "send", "write 612000101", "sync 612000101", "answer",
        ])
    }
  }

  @Test(arguments: ["0101", "0500"])
  func `a duplicate is written again in place and synced before it is answered`(
    _ ending: String
  ) async throws {
    try await onTracedStage { stage, worker in
      let body = moved(mobile: Marker.mobile(ending)).body
      _ = try await stage.gupy.post(body)
      let before = try bytes(stage)
      let (answer, calls) = try await post(body, to: stage, worker)
      #expect(answer.text("/duplicate") == "true")
      #expect(calls == ["write 612000101", "sync 612000101", "answer"])
      #expect(try bytes(stage) == before)
      let failed = try await post(body, to: stage, worker, fault: "fdatasync:error=EIO")
      #expect(failed.answer.status == 503)
      #expect(try bytes(stage) == before)
    }
  }

  @Test func `what is no event is on disk before it is answered`() async throws {
    try await onTracedStage { stage, worker in
      let (answer, calls) = try await post(Array("[]".utf8), to: stage, worker)
      #expect(answer.text("/status") == "quarantined")
      let hash = "09612b07b5ecb5a5"
      #expect(
        calls == ["write \(hash)", "sync \(hash)", "sync quarantine", "sync state", "answer"])
    }
  }

  @Test(arguments: [
    "fdatasync:error=EIO:when=1", "fsync:error=EIO:when=1", "fsync:error=EIO:when=2",
    "fsync:error=EIO:when=3", "pwrite64:error=EIO:when=1",
  ])
  func `a failure before the message leaves no trace, and a repeat is handled`(
    _ fault: String
  ) async throws {
    try await onTracedStage { stage, worker in
      let body = moved().body
      #expect(try await post(body, to: stage, worker, fault: fault).answer.status == 503)
      #expect(provider.requests == [])
      #expect(try bytes(stage).isEmpty)
      let (answer, calls) = try await post(body, to: stage, worker)
      #expect(answer.text("/status") == "accepted")
      // What stands above the folder was synced, once and for all, where the failure came later.
      #expect(
        calls.filter { !["sync state", "sync applications"].contains($0) }.starts(
          with: ["sync 101", "write 612000101"]))
      #expect(provider.requests.count == 1)
    }
  }

  @Test(arguments: ["fdatasync:error=EIO:when=2", "pwrite64:error=ENOSPC:when=2"])
  func `a failure behind the message keeps its attempt, and it is not sent again`(
    _ fault: String
  ) async throws {
    try await onTracedStage { stage, worker in
      let body = moved().body
      #expect(try await post(body, to: stage, worker, fault: fault).answer.status == 503)
      let lines = try stage.journal(612_000_101)
      #expect(lines.map { $0.at("/event") != nil } == [true, false])
      #expect(lines.last?.at("/attempt") != nil)
      let answer = try await stage.gupy.post(body)
      #expect(answer.text("/reason") == "interrupted")
      #expect(provider.requests.count == 1)
    }
  }

  @Test func `an interrupted sync is repeated`() async throws {
    try await onTracedStage { stage, worker in
      let fault = "fdatasync:error=EINTR:when=1..2"
      let (answer, _) = try await post(moved().body, to: stage, worker, fault: fault)
      #expect(answer.text("/status") == "accepted")
    }
  }
}
