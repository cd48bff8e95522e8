import Glibc
import Synchronization

/// The processes of one kind that run now.
package final class Processes: Sendable {
  private let identifiers = Mutex<Set<pid_t>>([])
  private let count = Atomic(0)

  /// Their process ids.
  package var all: Set<pid_t> { identifiers.withLock(\.self) }

  /// How many have started so far.
  package var started: Int { count.load(ordering: .relaxed) }

  /// Notes that a process has started.
  func add(_ identifier: pid_t) {
    count.add(1, ordering: .relaxed)
    identifiers.withLock { _ = $0.insert(identifier) }
  }

  /// Notes that a process has ended.
  func remove(_ identifier: pid_t) {
    identifiers.withLock { _ = $0.remove(identifier) }
  }

  /// Sends a signal to all of them.
  package func signal(_ signal: Int32) {
    for identifier in all { kill(identifier, signal) }
  }
}
