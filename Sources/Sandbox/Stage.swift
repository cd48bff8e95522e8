import FoundationEssentials
import Glibc
import JSON
import Messaging
import Subprocess
import Synchronization
import SystemPackage

/// The whole service on one machine, with nothing prepared: real nginx with the project's own site,
/// real handler processes on a socket, and a fake provider behind the same nginx.
package struct Stage: Sendable {
  /// Everything that the stage has on disk.
  package let folder: StageFolder
  /// The handler processes that run now.
  package let workers = Processes()
  private let options: Options

  package struct Options: Sendable {
    /// The folder of the programs `gatilho` and `gatilhoctl`.
    package var programs: String
    /// Whose API the fake provider speaks.
    package var profile: ProviderProfile
    /// The project's files for nginx, by name, before this stage's places are put in.
    package var nginx: [String: String]
    /// Handler processes on the socket.
    package var workers = 2
    /// In how many of a hundred cases the fake provider fails.
    package var failing = 0
    /// Changes the configuration file before it is written.
    package var configure: @Sendable (JSONValue) -> JSONValue = { $0 }
    /// What each handler process finds in its environment besides the usual.
    package var environment: [String: String] = [:]
    /// Runs the handlers on the stage's `workerSocket` until it is cancelled, in place of the
    /// stage's own.
    package var manage: (@Sendable (StageFolder) async throws -> Void)?
    /// Whether the folder outlives the stage.
    package var keepsFolder = false

    package init(programs: String, profile: ProviderProfile, nginx: [String: String]) {
      self.programs = programs
      self.profile = profile
      self.nginx = nginx
    }
  }

  /// Each fake provider process answers one request at a time.
  private static let providers = 4

  /// Builds the stage, runs `body` on it and takes it down, whatever happens.
  package static func play<Result: Sendable>(
    _ options: Options, _ body: @Sendable @escaping (Stage) async throws -> Result
  ) async throws -> Result {
    let stage = Stage(folder: try StageFolder(), options: options)
    defer { if !options.keepsFolder { stage.folder.remove() } }
    try await stage.makeCertificate()
    try stage.folder.writeNginx(options.nginx)
    let configuration = options.configure(
      StageConfiguration.standard(options.profile, stage.folder))
    try stage.folder.write(String(decoding: configuration.json, as: UTF8.self), to: "gatilho.json")
    return try await stage.perform(body)
  }

  private func perform<Result: Sendable>(
    _ body: @Sendable @escaping (Stage) async throws -> Result
  ) async throws -> Result {
    let providerSocket = try FileDescriptor.listening(at: folder.providerSocket)
    return try await withThrowingTaskGroup(of: Result?.self) { group in
      defer { group.cancelAll() }
      func keep(_ process: @Sendable @escaping () async throws -> Void) {
        group.addTask {
          try await process()
          return nil
        }
      }
      keep(runNginx)
      if let manage = options.manage {
        keep { try await manage(folder) }
      } else {
        let socket = try FileDescriptor.listening(at: folder.workerSocket)
        for _ in 0..<options.workers { keep { try await runWorkers(socket) } }
      }
      for _ in 0..<Self.providers { keep { try await runProvider(providerSocket) } }
      group.addTask {
        try await waitUntilReady()
        return try await body(self)
      }
      while let result = try await group.next() {
        if let result { return result }
      }
      throw StageError(problem: "no process is left")
    }
  }

  /// A certificate for `localhost` that is its own authority.
  private func makeCertificate() async throws {
    let result = try await run(
      .name("openssl"),
      arguments: [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
        "-keyout", folder.key, "-out", folder.certificate,
      ], output: .discarded, error: .string(limit: 4_096))
    guard result.terminationStatus.isSuccess else {
      throw StageError(problem: "openssl: \(result.standardError)")
    }
  }

  private func runNginx() async throws {
    let log = folder.file("nginx-error.log")
    let result = try await run(
      .path("/usr/sbin/nginx"),
      arguments: ["-p", folder.file("nginx"), "-c", "nginx.conf", "-e", log, "-g", "daemon off;"],
      platformOptions: .graceful, output: .discarded, error: .string(limit: 4_096))
    try Task.checkCancellation()
    throw StageError(problem: "nginx ended: \(result.standardError) see \(log)")
  }

  /// Keeps one handler process running, as a process manager does.
  private func runWorkers(_ socket: FileDescriptor) async throws {
    let log = try FileDescriptor.open(
      FilePath(folder.log), .writeOnly, options: [.append, .create, .closeOnExec],
      permissions: .ownerReadWrite)
    let environment = StageConfiguration.environment(folder).merging(options.environment) { $1 }
      .map { (Environment.Key(stringLiteral: $0), $1) }
    while !Task.isCancelled {
      let result = try await run(
        .path(FilePath(options.programs + "/gatilho")),
        environment: .inherit.updating(Dictionary(uniqueKeysWithValues: environment)),
        platformOptions: .graceful,
        input: .fileDescriptor(socket, closeAfterSpawningProcess: false),
        output: .discarded, error: .fileDescriptor(log, closeAfterSpawningProcess: false)
      ) { execution in
        workers.add(execution.processIdentifier.value)
        return execution.processIdentifier.value
      }
      workers.remove(result.closureResult)
      // A worker that was overdue is started anew.
      if case .exited(let code) = result.terminationStatus, code != 0, code != EX_TEMPFAIL {
        throw StageError(problem: "gatilho ended with \(code): see \(folder.log)")
      }
    }
  }

  private func runProvider(_ socket: FileDescriptor) async throws {
    _ = try await run(
      .path(FilePath(options.programs + "/gatilhoctl")),
      arguments: [
        "fake-provider", folder.file("received.jsonl"), "--failing", String(options.failing),
      ],
      input: .fileDescriptor(socket, closeAfterSpawningProcess: false),
      output: .discarded, error: .discarded)
  }

  /// nginx writes its pid after it listens.
  private func waitUntilReady() async throws {
    for _ in 0..<500 {
      let isListening = FileManager.default.fileExists(atPath: folder.workerSocket)
      if isListening, folder.nginx != nil, workers.all.count == options.workers { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    throw StageError(problem: "nginx does not start: see \(folder.file("nginx-error.log"))")
  }
}

/// The processes of one kind that run now.
package final class Processes: Sendable {
  private let processes = Mutex<(running: Set<pid_t>, started: Int)>(([], 0))

  package var all: Set<pid_t> { processes.withLock(\.running) }

  /// How many have started so far.
  package var started: Int { processes.withLock(\.started) }

  fileprivate func add(_ identifier: pid_t) {
    processes.withLock {
      $0.running.insert(identifier)
      $0.started += 1
    }
  }

  fileprivate func remove(_ identifier: pid_t) {
    processes.withLock { _ = $0.running.remove(identifier) }
  }

  package func signal(_ signal: Int32) {
    for identifier in all { kill(identifier, signal) }
  }
}

/// Why a stage could not be built, or fell.
private struct StageError: Error, CustomStringConvertible {
  let problem: String
  var description: String { problem }
}

extension PlatformOptions {
  /// SIGTERM first, and time to finish the request in hand.
  fileprivate static var graceful: PlatformOptions {
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(15))]
    return options
  }
}
