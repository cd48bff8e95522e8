import Glibc

/// A FastCGI client that writes its records by hand, well or badly. It waits a minute for each byte:
/// whoever has to answer or close "in time" has much less.
package struct FastCGIClient: ~Copyable {
  package let descriptor: Int32

  /// Takes over a connected descriptor.
  package init(descriptor: Int32) {
    self.descriptor = descriptor
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
  }

  /// Connects to a worker's unix socket.
  package init(path: String) {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    withUnsafePointer(to: &address) {
      _ = connect(
        descriptor, __CONST_SOCKADDR_ARG(__sockaddr_un__: $0),
        socklen_t(MemoryLayout<sockaddr_un>.size))
    }
    self.init(descriptor: descriptor)
  }

  deinit { close(descriptor) }

  /// Sends bytes, and returns whether the server took them all.
  @discardableResult
  package func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard sent > 0 else { return false }
      rest = rest.dropFirst(sent)
    }
    return true
  }

  /// Sends bytes one by one, and returns whether the server took them all.
  @discardableResult
  package func drip(_ bytes: [UInt8], every pause: Duration) -> Bool {
    bytes.allSatisfy { byte in
      usleep(UInt32(pause / .microseconds(1)))
      return send([byte])
    }
  }

  /// Everything that the server still sends before it closes; nil if it does not close.
  package func receiveAll() -> [UInt8]? {
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0, errno == EAGAIN { return nil }
      guard count > 0 else { return received }
      received += buffer.prefix(count)
    }
  }

  /// The answer's text, or nil if the server closed without one; a complaint if it did not close.
  package func answer() -> String? {
    guard var rest = receiveAll().map({ $0[...] }) else { return "neither answered nor closed" }
    var output: [UInt8] = []
    while rest.count >= 8 {
      let header = Array(rest.prefix(8))
      let length = Int(header[4]) << 8 | Int(header[5])
      let content = rest.dropFirst(8).prefix(length)
      if header[1] == Record.standardOutput { output += content }
      if header[1] == Record.end { return String(decoding: output, as: UTF8.self) }
      rest = rest.dropFirst(8 + length + Int(header[6]))
    }
    return nil
  }
}
