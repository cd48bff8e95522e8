import ArgumentParser
@preconcurrency import Glibc
import Handler

/// Where results go, of which none may be lost unsaid.
enum StandardOutput {
  /// From then on no way out of the process says success while what was printed did not arrive.
  static func watch() {
    atexit {
      guard !StandardOutput.arrives() else { return }
      _exit(EX_IOERR)
    }
  }

  /// Hands over what was printed so far.
  ///
  /// - Throws: exit status 74 (`EX_IOERR`) when it does not arrive.
  static func flush() throws(ExitCode) {
    guard arrives() else { throw ExitCode(EX_IOERR) }
  }

  /// Says on standard error why what was printed does not arrive.
  private static func arrives() -> Bool {
    let isFlushed = fflush(stdout) == 0
    guard !isFlushed || ferror(stdout) != 0 else { return true }
    let reason = isFlushed ? "what was printed is not complete" : String(cString: strerror(errno))
    StandardError.print("standard output: \(reason)")
    return false
  }
}
