import Glibc
import Testing

/// Sockets on loopback that take what is sent to them and never say a word.
final class SilentSockets: Sendable {
  private let descriptors: [Int32]
  let port: UInt16

  private init(_ descriptors: [Int32]) {
    self.descriptors = descriptors
    port = UInt16(bigEndian: Self.address(of: descriptors[0]).sin_port)
  }

  deinit { for descriptor in descriptors { close(descriptor) } }

  /// A listener whose queue is full: the kernel does not even answer a SYN.
  static func deafListener() -> SilentSockets {
    let listener = bound(SOCK_STREAM, to: 0x7F00_0001, port: 0)
    listen(listener, 0)
    let address = address(of: listener)
    let guests = (0..<4).map { _ in
      let guest = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
      withSockaddr(address) { _ = connect(guest, $0, $1) }
      return guest
    }
    return SilentSockets([listener] + guests)
  }

  /// A name server that hears and does not answer.
  static func nameServer() -> (sockets: SilentSockets, address: String) {
    let host = UInt32.random(in: 2...254)
    let socket = bound(SOCK_DGRAM, to: 0x7F00_3500 | host, port: 53)
    return (SilentSockets([socket]), "127.0.53.\(host)")
  }

  /// Whether anybody has said anything to the first of them.
  var isHeard: Bool {
    var byte: UInt8 = 0
    return recv(descriptors[0], &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) == 1
  }

  private static func bound(_ type: __socket_type, to host: UInt32, port: UInt16) -> Int32 {
    let descriptor = socket(AF_INET, Int32(type.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = host.bigEndian
    address.sin_port = port.bigEndian
    withSockaddr(address) { #expect(bind(descriptor, $0, $1) == 0) }
    return descriptor
  }

  private static func address(of descriptor: Int32) -> sockaddr_in {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = getsockname(descriptor, __SOCKADDR_ARG(__sockaddr__: $0), &length)
      }
    }
    return address
  }

  private static func withSockaddr(
    _ address: sockaddr_in, _ body: (__CONST_SOCKADDR_ARG, socklen_t) -> Void
  ) {
    withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body(
          __CONST_SOCKADDR_ARG(__sockaddr__: $0), socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
