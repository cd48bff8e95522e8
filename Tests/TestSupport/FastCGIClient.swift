import Glibc

/// The web server's side of one FastCGI connection (FastCGI specification, §3), written by hand so
/// that a test can send what no web server would.
package struct FastCGIClient: ~Copyable {
  package let descriptor: Int32

  /// Connects to a worker's unix socket.
  package init(path: String) {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let descriptor = descriptor
    withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = connect(
          descriptor, __CONST_SOCKADDR_ARG(__sockaddr__: $0),
          socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  /// Speaks on one end of a socket pair.
  package init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  package func send(_ bytes: [UInt8]) {
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// Begins a request with its params; `announced` stands in `CONTENT_LENGTH`.
  package func begin(_ parameters: [String: String]) {
    send(Self.record(1, [0, 1, 0, 0, 0, 0, 0, 0]))
    let pairs = parameters.flatMap { Self.pair($0.key, $0.value) }
    for start in stride(from: 0, to: pairs.count, by: 60_000) {
      send(Self.record(4, Array(pairs[start..<min(start + 60_000, pairs.count)])))
    }
    send(Self.record(4, []))
  }

  /// A piece of the body; an empty one ends it.
  package func body(_ bytes: [UInt8]) {
    send(Self.record(5, bytes))
  }

  /// A whole request and its answer.
  package func exchange(_ parameters: [String: String], _ bytes: [UInt8]) -> String {
    begin(parameters)
    for start in stride(from: 0, to: bytes.count, by: 60_000) {
      body(Array(bytes[start..<min(start + 60_000, bytes.count)]))
    }
    body([])
    return answer()
  }

  /// What came on the standard output stream until the connection was closed.
  package func answer() -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: Self.output(bytes[...]), as: UTF8.self)
  }

  private static func output(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard bytes.count >= 8 else { return [] }
    let start = bytes.startIndex
    let length = Int(bytes[start + 4]) << 8 | Int(bytes[start + 5])
    let content = bytes.dropFirst(8).prefix(length)
    let rest = bytes.dropFirst(8 + length + Int(bytes[start + 6]))
    return (bytes[start + 1] == 6 ? Array(content) : []) + output(rest)
  }

  package static func record(_ type: UInt8, _ content: [UInt8]) -> [UInt8] {
    [1, type, 0, 1, UInt8(content.count >> 8), UInt8(content.count & 0xFF), 0, 0] + content
  }

  private static func pair(_ name: String, _ value: String) -> [UInt8] {
    length(name.utf8.count) + length(value.utf8.count) + Array(name.utf8) + Array(value.utf8)
  }

  private static func length(_ count: Int) -> [UInt8] {
    count < 128
      ? [UInt8(count)]
      : [
        UInt8(count >> 24 | 0x80), UInt8(count >> 16 & 0xFF), UInt8(count >> 8 & 0xFF),
        UInt8(count & 0xFF),
      ]
  }
}
