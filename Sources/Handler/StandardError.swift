import Glibc

/// Where the log and the complaints of a start go.
package enum StandardError {
  /// Writes one line by one call, so that the lines of several workers do not mix.
  package static func print(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
