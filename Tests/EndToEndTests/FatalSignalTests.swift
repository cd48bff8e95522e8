import FastCGI
import FoundationEssentials
import Glibc
import Sandbox
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// A process that goes wrong ends at once, by its signal, and nothing of its memory reaches a disk:
/// debug builds too, and whatever the environment says of Swift's backtraces.
@Suite struct FatalSignalTests {
  /// A program that goes on until it is ended.
  enum Program: String, CaseIterable, Sendable {
    case gatilho, gatilhoctl, streams

    var arguments: Arguments {
      switch self {
      case .gatilho: []
      case .gatilhoctl: ["fake-provider", "/dev/null"]
      case .streams: ["--count", "100000000"]
      }
    }
  }

  @Test(arguments: Program.allCases, FatalSignals.all)
  func `a program that is sent a fatal signal ends by it`(
    _ program: Program, _ number: Int32
  ) async throws {
    let status = try await end(program) { kill($0, number) }
    // A server that waits takes SIGQUIT for what it is with nginx and multiwatch: a stop.
    let isStop = program != .streams && number == SIGQUIT && status == .exited(0)
    #expect(status == .signaled(number) || isStop)
  }

  @Test(arguments: Program.allCases)
  func `no program may write its memory to a disk or into a pipe`(
    _ program: Program
  ) async throws {
    _ = try await end(program) { kill($0, SIGKILL) }
  }

  /// Starts a program, and does something to it when its `main` has begun.
  private func end(
    _ program: Program, _ act: @Sendable @escaping (pid_t) throws -> Int32
  ) async throws -> TerminationStatus {
    let folder = try TemporaryFolder()
    let socket = try FileDescriptor.listening(at: folder.path + "/socket")
    let environment: [Environment.Key: String] = [
      "SWIFT_BACKTRACE": "enable=yes", "SECRET": "s",
      "GATILHO_CONFIG": try folder.write(configuration(folder.path), to: "gatilho.json"),
    ]
    return try await run(
      .path(FilePath(programs + program.rawValue)), arguments: program.arguments,
      environment: .inherit.updating(environment),
      input: .fileDescriptor(socket, closeAfterSpawningProcess: true), output: .discarded,
      error: .discarded
    ) { execution in
      let pid = execution.processIdentifier.value
      defer { kill(pid, SIGKILL) }
      try await eventually { try keepsMemory(pid) }
      #expect(try act(pid) == 0)
      try await eventually { !isRunning(pid) }
    }.terminationStatus
  }

  /// Whether a process may write no core dump. Where the tests may write none either, it is so from
  /// the start.
  private func keepsMemory(_ pid: pid_t) throws -> Bool {
    ["0 0 bytes", "1 1 bytes"].contains(try processFact(pid, "limits", "Max core file size"))
  }

  private func configuration(_ state: String) -> String {
    """
    { "gupy": { "secrets": ["env:SECRET"] }, "state": "\(state)", "recipients": "nobody",
      "provider": { "profile": "callbell",
        "settings": { "token": "env:SECRET", "channel": "c", "optIn": true } },
      "messages": [
        { "event": "application.moved", "template": "t", "parameters": ["{{job.name}}"] }] }
    """
  }
}
