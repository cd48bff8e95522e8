import FoundationEssentials
import Glibc
import Sandbox
import Subprocess
import TestSupport
import Testing

extension Stage {
  /// Does something while strace(1) watches a worker's system calls, or disturbs them.
  func tracing<Result: Sendable>(
    _ worker: pid_t, _ options: [String], to file: String = "/dev/null",
    _ body: @Sendable @escaping () async throws -> Result
  ) async throws -> Result {
    try await run(
      .name("strace"),
      arguments: Arguments(["-f", "-o", file] + options + ["-p", String(worker)]),
      input: .none, output: .discarded, error: .discarded
    ) { execution in
      try await eventually { try isTraced(worker) }
      let result = try await body()
      try execution.send(signal: .interrupt)
      return result
    }.closureResult
  }

  private func isTraced(_ pid: pid_t) throws -> Bool {
    let status = try String(contentsOf: URL(filePath: "/proc/\(pid)/status"), encoding: .utf8)
    return !status.contains("TracerPid:\t0\n")
  }
}
