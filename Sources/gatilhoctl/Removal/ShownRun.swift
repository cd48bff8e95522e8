import ArgumentParser
import Glibc
import Handler
import Journal
import Operations

/// A removal as a person sees it: a bar while it works, and a way to stop it between two
/// applications.
enum ShownRun {
  /// Looks for something, under a bar.
  static func find<Found>(
    _ find: ((_ done: Int, _ of: Int) -> Void) throws(JournalError) -> Found
  ) throws -> Found {
    let bar = ProgressBar()
    defer { bar.clear() }
    return try DiskFailure.exits { try find(bar.show) }
  }

  /// Removes what was found, and says what became of it; Ctrl-C and SIGTERM let it finish the
  /// application in hand.
  ///
  /// - Parameter verb: what was done: `removed`.
  /// - Throws: exit status 75 when it has to be run again.
  static func remove<Report: ShownReport>(
    _ verb: String,
    _ remove: @Sendable @escaping (RemovalRun) throws(JournalError) -> Report
  ) async throws {
    let left = try await Interruption.cancels {
      let bar = ProgressBar()
      defer { bar.clear() }
      let run = RemovalRun(
        isStopped: { Task.isCancelled }, progress: bar.show,
        complain: { problem in
          bar.clear()
          StandardError.print(problem)
        })
      let report = try DiskFailure.exits { try remove(run) }
      bar.clear()
      if !report.isEmpty { print(verb, report.summary) }
      return report.left
    }
    guard left == 0 else { throw ExitCode(EX_TEMPFAIL) }
  }
}

/// What a removal would take away, or has taken away.
protocol ShownReport: Sendable {
  /// How much of everything, in a line.
  var summary: String { get }
  /// Whether there was nothing.
  var isEmpty: Bool { get }
  /// Applications for the next run.
  var left: Int { get }
}
