import Glibc

/// One request by the Common Gateway Interface (RFC 3875): params from the environment, the body from
/// descriptor 0, the response to descriptor 1.
enum CGI {
  /// The body's first bytes; fewer when it ends, fails or is interrupted.
  static func read(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
      while length < count {
        let part = Glibc.read(STDIN_FILENO, buffer.baseAddress.map { $0 + length }, count - length)
        guard part > 0 else { return }
        length += part
      }
    }
  }

  static func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
