import FastCGI
import FoundationEssentials
import Glibc
import Gupy
import Handler
import Journal
import Messaging
import Sandbox
import Subprocess
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// One handler process a delivery, under strace(1), with a state folder and a provider of its own.
final class Rig: Sendable {
  let folder: TemporaryFolder
  private let provider: Provider

  /// A provider that several rigs share: what the job's name asks of it.
  final class Provider: Sendable {
    let server: LoopbackServer

    init() {
      let seen = Mutex<Set<Substring>>([])
      server = LoopbackServer { _, request in
        let id = request.firstMatch(of: /"gatilho_id":"([^"]*)"/)?.1 ?? ""
        let isFirst = seen.withLock { $0.insert(id).inserted }
        return .answer(Self.answer(request, isFirst: isFirst))
      }
    }

    private static func answer(_ request: String, isFirst: Bool) -> String {
      if request.contains("always busy") || isFirst && request.contains("busy first") {
        return LoopbackServer.http(429)
      }
      if request.contains("refuse") && (isFirst || !request.contains("refuse first")) {
        return LoopbackServer.http(422)
      }
      if request.contains("babble") { return LoopbackServer.http(200) }
      return LoopbackServer.http(200, #"{"message":{"uuid":"u"}}"#)
    }
  }

  init(_ provider: Provider) throws {
    self.provider = provider
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: false)
    try folder.write(
      """
      { "gupy": { "secrets": ["env:SECRET"] }, "state": "\(state)", "recipients": "everyone",
        "provider": { "profile": "callbell", "baseURL": "\(provider.server.url)",
          "settings": { "token": "env:SECRET", "channel": "c", "optIn": true } },
        "messages": [
          { "event": "application.moved", "template": "t", "parameters": ["{{job.name}}"] }] }
      """, to: "gatilho.json")
    // As after the first worker's start.
    try folder.write(
      #"{"file":"\#(folder.path)/gatilho.json"}"#, to: "state/configuration.json")
  }

  private var state: String { folder.path + "/state" }

  /// What came back, and how the process ended.
  struct Delivery {
    let answer: String?
    let status: TerminationStatus
    let trace: Trace

    var isDone: Bool { answer?.hasPrefix("Status: 200 ") == true }
  }

  /// Delivers a body to a process of its own.
  ///
  /// - Parameter strace: options that say what is traced, and what is done to which call.
  func deliver(_ body: [UInt8], strace: [String] = []) async throws -> Delivery {
    let (near, far) = socketPair()
    let client = FastCGIClient(descriptor: near)
    let parameters = [
      ("REQUEST_METHOD", "POST"), ("CONTENT_LENGTH", String(body.count)),
      ("HTTP_AUTHORIZATION", "s"),
    ]
    client.send(Record.begin() + Record.parameters(parameters) + Record.input(body))
    shutdown(near, Int32(SHUT_WR))
    let log = folder.path + "/trace"
    let result = try await Room.machine.perform {
      try await run(
        .name("strace"),
        arguments: Arguments(Self.options(log) + strace + [programs + "/gatilho"]),
        environment: environment,
        input: .fileDescriptor(FileDescriptor(rawValue: far), closeAfterSpawningProcess: true),
        output: .discarded, error: .discarded)
    }
    return Delivery(
      answer: client.answer(), status: result.terminationStatus, trace: try Trace(file: log))
  }

  /// Runs `gatilhoctl retry` over what is unavailable or rejected.
  func retry(strace: [String] = ["-e", "trace=none"]) async throws -> Trace {
    try await gatilhoctl(
      ["retry", "--status", "unavailable", "--status", "rejected"], strace: strace
    ).trace
  }

  /// Runs a subcommand with a text on its standard input.
  func gatilhoctl(
    _ arguments: [String], input: String = "", strace: [String]
  ) async throws -> (trace: Trace, status: TerminationStatus) {
    let log = folder.path + "/trace"
    let result = try await run(
      .name("strace"),
      arguments: Arguments(Self.options(log) + strace + [programs + "/gatilhoctl"] + arguments),
      environment: environment,
      input: .fileDescriptor(
        FileDescriptor(rawValue: inputFile(Array(input.utf8))), closeAfterSpawningProcess: true),
      output: .discarded, error: .discarded)
    return (try Trace(file: log), result.terminationStatus)
  }

  /// libcurl is there from the start: what the loader does is no call of gatilho's.
  private static func options(_ log: String) -> [String] {
    ["-f", "-qq", "-o", log, "-E", "LD_PRELOAD=libcurl.so.4"]
  }

  private var environment: Environment {
    .inherit.updating(["GATILHO_CONFIG": folder.path + "/gatilho.json", "SECRET": "s"])
  }

  /// What the journal says of an event.
  func entry(_ event: GupyEvent) throws -> Entry? {
    let journal = Journal(state: state)
    let story = try journal.open(event.application, wait: .seconds(1))
    #expect(story.history.unreadableLines.isEmpty)
    return story.history.entry(event.id)
  }

  /// Repeats a delivery that something has disturbed; whether the event is then in a final state.
  func isFinalAfterRepeat(_ event: GupyEvent) async throws -> Bool {
    let repeated = try await deliver(event.body, strace: ["-e", "trace=none"])
    let standing = try entry(event)?.standing
    return repeated.isDone && (standing == .unconfirmed || standing?.isFinished == true)
  }

  /// How often the provider saw the event's message.
  func sends(_ event: GupyEvent) -> Int {
    provider.server.requests.filter { $0.contains(event.id) }.count
  }

  private func socketPair() -> (Int32, Int32) {
    var pair: [Int32] = [0, 0]
    socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &pair)
    return (pair[0], pair[1])
  }
}

extension Entry {
  /// Whether its message was taken by the provider.
  var isAccepted: Bool { outcome?.status == .accepted }
}
