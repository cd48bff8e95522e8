import FoundationEssentials
import Glibc
import Subprocess
import SystemPackage

extension Stage {
  /// A certificate for `localhost` that is its own authority.
  func makeCertificate() async throws {
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

  func runNginx() async throws {
    let log = folder.file("nginx-error.log")
    let result = try await run(
      .path("/usr/sbin/nginx"),
      arguments: ["-p", folder.file("nginx"), "-c", "nginx.conf", "-e", log, "-g", "daemon off;"],
      platformOptions: .graceful, output: .discarded, error: .string(limit: 4_096))
    try Task.checkCancellation()
    throw StageError(problem: "nginx ended: \(result.standardError) see \(log)")
  }

  /// The stage's own handlers, or whoever manages them.
  func addWorkers<Result>(
    to group: inout ThrowingTaskGroup<Result?, any Error>
  ) throws {
    if let manage = options.manage {
      group.addTask {
        try await manage(folder)
        return nil
      }
    } else {
      let socket = try UnixListener(path: folder.workerSocket).descriptor
      for _ in 0..<options.workers {
        group.addTask {
          try await runWorkers(socket)
          return nil
        }
      }
    }
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

  func runProvider(_ socket: FileDescriptor) async throws {
    _ = try await run(
      .path(FilePath(options.programs + "/gatilhoctl")),
      arguments: [
        "fake-provider", folder.file("received.jsonl"), "--failing", String(options.failing),
      ],
      input: .fileDescriptor(socket, closeAfterSpawningProcess: false),
      output: .discarded, error: .discarded)
  }

  /// nginx writes its pid after it listens.
  func waitUntilReady() async throws {
    for _ in 0..<500 {
      let isListening = FileManager.default.fileExists(atPath: folder.workerSocket)
      if isListening, folder.nginx != nil, workers.all.count == options.workers { return }
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
