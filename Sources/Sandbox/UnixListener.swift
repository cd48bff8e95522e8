import Glibc
import SystemPackage

/// A listening unix socket, as a process manager makes it for its workers.
package struct UnixListener {
  /// The listening socket.
  package let descriptor: FileDescriptor

  /// Binds and listens at a path of at most 107 bytes that does not exist yet.
  package init(path: String) throws {
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    descriptor = FileDescriptor(rawValue: socket)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    withUnsafeMutableBytes(of: &address.sun_path) {
      $0.copyBytes(from: path.utf8.prefix(capacity - 1))
    }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(
          socket, __CONST_SOCKADDR_ARG(__sockaddr__: $0), socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0, listen(socket, 511) == 0 else { throw Errno(rawValue: errno) }
  }
}
