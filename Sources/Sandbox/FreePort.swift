import Glibc
import Synchronization
import SystemPackage

/// Hands out TCP ports of this machine that nobody listens on.
///
/// They lie below the range from which Linux takes ports for outgoing connections, and none is
/// handed out twice, so that nobody takes one before its server does.
enum FreePort {
  private static let last = Atomic(UInt16.random(in: 15_000..<25_000))

  /// A port that is free now.
  static func next() throws -> UInt16 {
    for _ in 0..<1_000 {
      let port = last.add(1, ordering: .relaxed).newValue
      if isFree(port) { return port }
    }
    throw Errno.addressInUse
  }

  private static func isFree(_ port: UInt16) -> Bool {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(
          socket, __CONST_SOCKADDR_ARG(__sockaddr__: $0),
          socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
