import Glibc
import Synchronization

/// A TCP server on this machine that answers as a test says: the far end that a provider would be.
package final class LoopbackServer: Sendable {
  package let port: UInt16
  private let listener: Int32
  private let seen = Mutex<[String]>([])
  private let connections = Mutex(0)
  private let ended = Mutex(0)
  private let halves = Mutex<[String]>([])

  /// What the server does with one request that it has read.
  package enum Reaction: Sendable {
    /// Sends these bytes and waits for the next request on the connection.
    case answer(String)
    /// Sends these bytes and closes.
    case answerAndClose(String)
    /// Sends these bytes, which need not be text, and closes.
    case bytesAndClose([UInt8])
    /// Sends these bytes, and resets the connection.
    case bytesAndReset([UInt8])
    /// Closes without a byte.
    case close
    /// Says nothing for this long, then closes.
    case silence(seconds: UInt32)
    /// Sends these bytes, and then one a second until nobody listens any more.
    case drip(String)
  }

  /// - Parameter react: the reaction to the request of this number, from 0, over all connections.
  package init(_ react: @escaping @Sendable (Int, String) -> Reaction) {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, __CONST_SOCKADDR_ARG(__sockaddr__: $0), length)
        getsockname(listener, __SOCKADDR_ARG(__sockaddr__: $0), &length)
      }
    }
    listen(listener, 64)
    port = UInt16(bigEndian: address.sin_port)
    Self.inThread { self.acceptAll(react) }
  }

  deinit { close(listener) }

  /// Stops taking connections.
  package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  package var url: String { "http://127.0.0.1:\(port)" }

  /// The requests as they came, head and body.
  package var requests: [String] { seen.withLock(\.self) }

  /// The requests since the last call of this method.
  package func takeRequests() -> [String] {
    seen.withLock { seen in
      defer { seen = [] }
      return seen
    }
  }

  /// What came of requests that ended before they were whole.
  package var halfRequests: [String] { halves.withLock(\.self) }

  /// How many connections were made.
  package var connectionCount: Int { connections.withLock(\.self) }

  /// How many of them are closed on this side.
  package var endedCount: Int { ended.withLock(\.self) }

  /// An HTTP answer with a length.
  package static func http(
    _ status: Int = 200, _ body: String = "{}", headers: String = ""
  ) -> String {
    "HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)"
  }

  private func acceptAll(_ react: @escaping @Sendable (Int, String) -> Reaction) {
    while true {
      let connection = accept(listener, __SOCKADDR_ARG(), nil)
      guard connection >= 0 else { return }
      connections.withLock { $0 += 1 }
      Self.inThread { self.serve(connection, react) }
    }
  }

  private func serve(
    _ connection: Int32, _ react: @escaping @Sendable (Int, String) -> Reaction
  ) {
    defer {
      close(connection)
      ended.withLock { $0 += 1 }
    }
    while let request = readRequest(connection) {
      let number = seen.withLock { seen in
        seen.append(request)
        return seen.count - 1
      }
      switch react(number, request) {
      case .answer(let text):
        send(Array(text.utf8), connection)
      case .answerAndClose(let text):
        send(Array(text.utf8), connection)
        return
      case .bytesAndClose(let bytes):
        send(bytes, connection)
        return
      case .bytesAndReset(let bytes):
        send(bytes, connection)
        // What is sent must have been taken: a reset throws it away.
        while unsent(connection) > 0 { usleep(1_000) }
        usleep(50_000)
        var reset = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
          connection, SOL_SOCKET, SO_LINGER, &reset, socklen_t(MemoryLayout<linger>.size))
        return
      case .close:
        return
      case .silence(let seconds):
        sleep(seconds)
        return
      case .drip(let text):
        send(Array(text.utf8), connection)
        while send(Array("a".utf8), connection) { sleep(1) }
        return
      }
    }
  }

  /// Whether somebody was there to take it.
  @discardableResult
  private func send(_ bytes: [UInt8], _ connection: Int32) -> Bool {
    Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
  }

  /// Bytes that the other side has not acknowledged yet.
  private func unsent(_ connection: Int32) -> Int32 {
    var count: Int32 = 0
    return ioctl(connection, UInt(TIOCOUTQ), &count) == 0 ? count : 0
  }

  /// One request with a `Content-Length`, or without a body; nil when the connection ends.
  private func readRequest(_ connection: Int32) -> String? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      if let text = String(validating: bytes, as: UTF8.self), text.isWholeRequest { return text }
      let count = read(connection, &buffer, buffer.count)
      guard count > 0 else {
        let half = String(decoding: bytes, as: UTF8.self)
        if !half.isEmpty { halves.withLock { $0.append(half) } }
        return nil
      }
      bytes += buffer[..<count]
    }
  }

  private static func inThread(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Box(body))
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { context in
        Unmanaged<Box>.fromOpaque(context!).takeRetainedValue().body()
        return nil
      }, box.toOpaque())
    pthread_detach(thread)
  }

  private final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}

extension String {
  fileprivate var isWholeRequest: Bool {
    guard let end = firstRange(of: "\r\n\r\n") else { return false }
    let length = split(separator: "\r\n").lazy.compactMap { line in
      line.lowercased().hasPrefix("content-length: ") ? Int(line.dropFirst(16)) : nil
    }.first
    return self[end.upperBound...].utf8.count >= length ?? 0
  }
}
