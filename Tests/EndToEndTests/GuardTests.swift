import FoundationEssentials
import Glibc
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Where a run within this run writes whom it leaves; nil in any other.
private let fileOfParts = ProcessInfo.processInfo.environment["GATILHO_TEST_LEFT"]

/// No process outlives a test run: a run within this one leaves some behind.
@Suite struct GuardTests {
  /// Who of a run is killed.
  enum Victim: CaseIterable, Sendable {
    /// Who started the run: `swift test`, elsewhere.
    case starter
    /// The process that it started: the outer guard.
    case outer
    /// The inner guard.
    case inner
    /// The process in which the tests run.
    case tests
    /// All of the starter's group at once.
    case group
  }

  @Test(arguments: Victim.allCases)
  func `of a run that is killed nothing is left`(_ victim: Victim) async throws {
    let folder = try TemporaryFolder()
    _ = try await play("leaves a process and waits", folder) { starter in
      try await eventually { try self.processes(folder).count == 3 }
      let all = try self.processes(folder)
      let (left, tests, inner) = (all[0], all[1], all[2])
      let outer = try parent(inner)
      let pid: [Victim: pid_t] = [
        .starter: starter, .outer: outer, .inner: inner, .tests: tests, .group: -starter,
      ]
      #expect(kill(try #require(pid[victim]), SIGKILL) == 0)
      for process in [left, tests, inner, outer] { try await eventually { !isRunning(process) } }
    }
  }

  @Test func `a process that is left fails the run and is named`() async throws {
    let folder = try TemporaryFolder()
    let (status, error) = try await play("leaves a process and ends", folder)
    let left = try processes(folder)[0]
    #expect(status == .exited(1))
    #expect(error.contains("the tests left a process behind: \(left) sleep 3600"))
    #expect(!isRunning(left))
  }

  /// Parts that are played in the run within the run.
  @Suite(.enabled(if: fileOfParts != nil, "only in a run within a run")) struct Parts {
    /// Leaves one that has a session of its own, no parent and nothing in its environment.
    private func leave() async throws {
      let file = try #require(fileOfParts)
      _ = try await run(
        .path("/bin/sh"),
        arguments: [
          "-c", "setsid env -i sleep 3600 & echo $! $0 $1 >$2.new; mv $2.new $2",
          String(getpid()), String(getppid()), file,
        ],
        output: .discarded, error: .discarded)
    }

    @Test func `leaves a process and ends`() async throws { try await leave() }

    @Test func `leaves a process and waits`() async throws {
      try await leave()
      try await Task.sleep(for: .seconds(3_600))
    }
  }

  /// Runs a part in a run of its own.
  private func play(
    _ part: String, _ folder: TemporaryFolder,
    _ body: @escaping @Sendable (pid_t) async throws -> Void = { _ in }
  ) async throws -> (TerminationStatus, String) {
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let error = folder.path + "/error"
    var options = PlatformOptions()
    options.createSession = true
    let status = try await run(
      .path("/bin/sh"),
      arguments: [
        "-c", "\"$0\" --testing-library swift-testing --filter \"$1\"; exit $?", program, part,
      ],
      environment: .inherit.updating(["GATILHO_TEST_LEFT": folder.path + "/left"]),
      platformOptions: options, input: .none, output: .discarded,
      error: .fileDescriptor(
        try .open(
          FilePath(error), .writeOnly, options: [.create, .closeOnExec],
          permissions: .ownerReadWrite), closeAfterSpawningProcess: true)
    ) { execution in
      try await body(execution.processIdentifier.value)
    }.terminationStatus
    return (status, try String(contentsOf: URL(filePath: error), encoding: .utf8))
  }

  /// Who was left, the run's tests and their guard, once they are known.
  private func processes(_ folder: TemporaryFolder) throws -> [pid_t] {
    let file = folder.path + "/left"
    guard FileManager.default.fileExists(atPath: file) else { return [] }
    let text = try String(contentsOf: URL(filePath: file), encoding: .utf8)
    return text.split(whereSeparator: \.isWhitespace).compactMap { pid_t($0) }
  }

  private func parent(_ pid: pid_t) throws -> pid_t {
    try #require(pid_t(try processFact(pid, "status", "PPid:")))
  }
}
