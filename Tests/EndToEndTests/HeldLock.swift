import Glibc
import Sandbox
import Testing

/// An application's lock in the hand of somebody who does not let go of it.
final class HeldLock: Sendable {
  private let descriptor: Int32

  init(_ application: Int64, on stage: Stage) {
    descriptor = open(stage.folder.state + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    var range = flock()
    range.l_type = Int16(F_WRLCK)
    range.l_start = off_t(application)
    range.l_len = 1
    #expect(fcntl(descriptor, F_OFD_SETLK, &range) == 0)
  }

  /// Lets go of it; to be called once.
  func release() { close(descriptor) }
}
