import Glibc

/// Sees who tries in vain for a lock that somebody holds: each try opens the lock's file and closes
/// it again (inotify(7)).
package final class LockWatch: Sendable {
  private let descriptor: Int32

  /// - Parameter path: the lock file, which is there.
  package init(_ path: String) {
    descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    inotify_add_watch(descriptor, path, UInt32(IN_OPEN | IN_CLOSE_WRITE))
  }

  deinit { close(descriptor) }

  /// Waits for so many tries since this was last asked; they come every 2 to 50 ms of who makes them.
  ///
  /// - Returns: whether they came within a minute.
  package func sees(tries: Int) async throws -> Bool {
    var seen = 0
    for _ in 0..<6_000 where seen < tries {
      try await Task.sleep(for: .milliseconds(10))
      seen += takeTries()
    }
    return seen >= tries
  }

  /// How many came since this was last asked. Of two equal events in a row the kernel tells one, so
  /// it also tells of each open(2) between two closes. A file's events have no name, and so one size.
  private func takeTries() -> Int {
    var buffer = [inotify_event](repeating: inotify_event(), count: 4_096)
    let size = MemoryLayout<inotify_event>.stride
    let count = read(descriptor, &buffer, buffer.count * size)
    return buffer.prefix(max(0, count) / size).count { $0.mask & UInt32(IN_CLOSE_WRITE) != 0 }
  }
}
