import Glibc
import Synchronization
import SystemPackage

extension FileDescriptor {
  /// A listening unix socket, as a process manager makes it for its workers, at a path of at most 107
  /// bytes that does not exist yet.
  package static func listening(at path: String) throws -> FileDescriptor {
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) {
      $0.copyBytes(from: path.utf8.prefix($0.count - 1))
    }
    guard binds(socket, to: address), listen(socket, 511) == 0 else {
      throw Errno(rawValue: errno)
    }
    return FileDescriptor(rawValue: socket)
  }
}

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
    return binds(socket, to: address)
  }
}

private func binds<Address>(_ socket: Int32, to address: Address) -> Bool {
  withUnsafePointer(to: address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      let size = socklen_t(MemoryLayout<Address>.size)
      return bind(socket, __CONST_SOCKADDR_ARG(__sockaddr__: $0), size) == 0
    }
  }
}
