import FastCGI
import Glibc
import Gupy
import Journal
import Synchronization

/// Whether this process holds what is not on disk yet, as another of its threads sees it.
///
/// Between the attempt's first byte and the outcome's sync the journal says less than is known: a
/// process that ends there leaves a message in doubt, which a person has to settle.
package final class Unsaved: Sendable {
  private let value = Atomic(false)

  /// Nothing is held.
  package init() {}

  /// Whether there is something.
  package var isHeld: Bool {
    get { value.load(ordering: .sequentiallyConsistent) }
    set { value.store(newValue, ordering: .sequentiallyConsistent) }
  }

  /// Ends this process, whose request takes longer than nginx waits, with a line in the log, so that
  /// its manager starts another; not while something is held. To be called from a thread that is not
  /// the one that hangs.
  package func endProcess() {
    guard !isHeld else { return }
    LogLine(overdue: getpid()).print()
    _exit(EX_TEMPFAIL)
  }
}

extension LogLine {
  /// A process that does not go on.
  fileprivate init(overdue pid: pid_t) {
    self.init()
    at = Timestamp.now.description
    (level, outcome) = (.error, "overdue")
    error = "process \(pid) was busy with one request for over 28 s: it ends, to be started anew"
  }
}
