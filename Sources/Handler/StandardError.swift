import Glibc

/// Where the log and the complaints of a start go.
package enum StandardError {
  /// Writes one line by one call, so that the lines of several workers do not mix.
  package static func print(_ line: String) { print(Array(line.utf8)) }

  /// As above, for a line in UTF-8.
  static func print(_ line: [UInt8]) {
    let bytes = line + [UInt8(ascii: "\n")]
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
