import FoundationEssentials
import JSON
import Messaging
import Subprocess
import SystemPackage

/// The whole service on one machine, with nothing prepared: real nginx with the project's own site,
/// real handler processes on a socket, and a fake provider behind the same nginx.
package struct Stage: Sendable {
  /// Everything that the stage has on disk.
  package let folder: StageFolder
  /// The handler processes that run now.
  package let workers = Processes()
  private let options: Options

  /// What a stage is made of.
  package struct Options: Sendable {
    /// The folder of the programs `gatilho` and `gatilhoctl`.
    package var programs: String
    /// Whose API the fake provider speaks.
    package var profile: ProviderProfile
    /// Handler processes on the socket.
    package var workers = 2
    /// Each fake provider process answers one request at a time.
    package var providers = 4
    /// Changes the configuration file before it is written.
    package var configure: @Sendable (JSONValue) -> JSONValue = { $0 }
    /// Whether the folder outlives the stage.
    package var keepsFolder = false

    /// A stage of the usual size.
    package init(programs: String, profile: ProviderProfile) {
      self.programs = programs
      self.profile = profile
    }
  }

  /// Builds the stage, runs `body` on it and takes it down, whatever happens.
  package static func play<Result: Sendable>(
    _ options: Options, _ body: @Sendable @escaping (Stage) async throws -> Result
  ) async throws -> Result {
    let stage = Stage(folder: try StageFolder(), options: options)
    defer { if !options.keepsFolder { stage.folder.remove() } }
    try await stage.prepare()
    return try await stage.perform(body)
  }

  private init(folder: StageFolder, options: Options) {
    self.folder = folder
    self.options = options
  }

  private func prepare() async throws {
    try await makeCertificate()
    try folder.writeNginx()
    let configuration = options.configure(StageConfiguration.standard(options.profile, folder))
    try folder.write(String(decoding: configuration.encoded, as: UTF8.self), to: "gatilho.json")
  }

  private func perform<Result: Sendable>(
    _ body: @Sendable @escaping (Stage) async throws -> Result
  ) async throws -> Result {
    let workerSocket = try UnixListener(path: folder.workerSocket).descriptor
    let providerSocket = try UnixListener(path: folder.providerSocket).descriptor
    return try await withThrowingTaskGroup(of: Result?.self) { group in
      defer { group.cancelAll() }
      group.addTask {
        try await runNginx()
        return nil
      }
      for _ in 0..<options.workers {
        group.addTask {
          try await runWorkers(workerSocket)
          return nil
        }
      }
      for _ in 0..<options.providers {
        group.addTask {
          try await runProvider(providerSocket)
          return nil
        }
      }
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
}

/// Why a stage could not be built, or fell.
package struct StageError: Error, CustomStringConvertible {
  /// What happened, and where to look.
  package let problem: String
  package var description: String { problem }
}

extension Stage {
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
    while !Task.isCancelled {
      let result = try await run(
        .path(FilePath(options.programs + "/gatilho")),
        environment: .inherit.updating([
          "GATILHO_CONFIG": folder.configuration, "GATILHO_SECRET": StageConfiguration.secret,
          "PROVIDER_KEY": StageConfiguration.key,
        ]),
        platformOptions: .graceful,
        input: .fileDescriptor(socket, closeAfterSpawningProcess: false),
        output: .discarded, error: .fileDescriptor(log, closeAfterSpawningProcess: false)
      ) { execution in
        workers.add(execution.processIdentifier.value)
        return execution.processIdentifier.value
      }
      workers.remove(result.closureResult)
      if case .exited(let code) = result.terminationStatus, code != 0 {
        throw StageError(problem: "gatilho ended with \(code): see \(folder.log)")
      }
    }
  }

  private func runProvider(_ socket: FileDescriptor) async throws {
    _ = try await run(
      .path(FilePath(options.programs + "/gatilhoctl")),
      arguments: ["fake-provider", folder.file("received.jsonl")],
      input: .fileDescriptor(socket, closeAfterSpawningProcess: false),
      output: .discarded, error: .discarded)
  }

  /// nginx writes its pid after it listens.
  private func waitUntilReady() async throws {
    for _ in 0..<500 {
      let isListening = FileManager.default.fileExists(atPath: folder.file("nginx/nginx.pid"))
      if isListening, workers.all.count == options.workers { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    throw StageError(problem: "nginx does not start: see \(folder.file("nginx-error.log"))")
  }
}

extension PlatformOptions {
  /// SIGTERM first, and time to finish the request in hand.
  fileprivate static var graceful: PlatformOptions {
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(15))]
    return options
  }
}
