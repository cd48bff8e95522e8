import ArgumentParser
import Glibc
import Handler
import Journal
import Operations

/// What a removal would take away, as far as it can be read.
protocol ShownFindings: Sendable {
  var report: RemovalReport { get }
  var unreadable: [JournalError] { get }
}

/// A removal as a person sees it: found and shown, asked about, and done, under a bar, with a way to
/// stop it between two applications.
struct Removal<Findings: ShownFindings> {
  /// What it does: `removed`.
  let verb: String
  /// What is asked before: `Remove this for good.`
  let question: String
  let find: (_ progress: (_ done: Int, _ of: Int) -> Void) throws(JournalError) -> Findings
  let remove: @Sendable (Findings, RemovalRun) throws(JournalError) -> RemovalReport

  /// - Throws: exit status 75 when it has to be run again.
  func run(dryRun: Bool, isAnswered: Bool, show: (Findings) -> Void) async throws {
    let found = try KnownFailure.exits {
      let bar = ProgressBar()
      defer { bar.clear() }
      return try find(bar.show)
    }
    show(found)
    guard !dryRun else {
      print("nothing was \(verb)")
      return try KnownFailure.exits(after: found.unreadable)
    }
    KnownFailure.tell(found.unreadable)
    try Question.ask(question, isAnswered: isAnswered || found.report.isEmpty)
    // Ctrl-C and SIGTERM: the application in hand is finished first.
    let left = try await Interruption.cancels { [verb, remove] in
      let bar = ProgressBar()
      defer { bar.clear() }
      let run = RemovalRun(
        isStopped: { Task.isCancelled }, progress: bar.show,
        complain: { problem in
          bar.clear()
          StandardError.print(problem)
        })
      let report = try KnownFailure.exits { try remove(found, run) }
      bar.clear()
      if !report.isEmpty { print(verb, report.summary) }
      return report.left
    }
    guard left == 0 else { throw ExitCode(EX_TEMPFAIL) }
  }
}

extension RemovalReport {
  /// `applications: 2, events: 5, quarantined bodies: 0`; of a purge the days of the index too.
  var summary: String {
    "applications: \(applications.count), events: \(events), quarantined bodies: \(quarantined)"
      + (isPurge ? ", days of the index: \(days)" : "")
  }
}
