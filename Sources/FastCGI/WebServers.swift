import Glibc

/// The addresses whose connections are taken, if not all are (FastCGI spec §3.2).
///
/// Whoever reaches a worker by TCP says himself what nginx said in front of it: FastCGI has no
/// password. Who comes through a unix socket is let in by the socket's owner and mode.
package struct WebServers: Equatable, Sendable {
  /// As sixteen bytes each; nil if everybody may come.
  private var addresses: Set<[UInt8]>?

  private static let variable = "FCGI_WEB_SERVER_ADDRS"

  /// Everybody.
  package static let all = WebServers()

  /// Whether whoever is at the other end of a connection may speak.
  func admit(_ connection: Int32) -> Bool {
    guard let addresses else { return true }
    var peer = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutableBytes(of: &peer) { bytes in
      let address = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
      guard getpeername(connection, __SOCKADDR_ARG(__sockaddr__: address), &size) == 0 else {
        return false
      }
      switch Int32(address?.pointee.sa_family ?? 0) {
      case AF_UNIX: return true
      case AF_INET: return addresses.contains(Self.mapped(bytes[4..<8]))
      case AF_INET6: return addresses.contains(Array(bytes[8..<24]))
      default: return false
      }
    }
  }
}

extension WebServers {
  /// Those that `FCGI_WEB_SERVER_ADDRS` lists, separated by commas; everybody if it is absent or
  /// empty.
  package init(environment: [String: String]) throws(EnvironmentError) {
    guard let list = environment[Self.variable], !list.isEmpty else { return }
    var addresses: Set<[UInt8]> = []
    for part in list.split(separator: ",", omittingEmptySubsequences: false) {
      let words = part.split(separator: " ")
      guard words.count == 1, let address = Self.address(String(words[0])) else {
        throw EnvironmentError(
          variable: Self.variable,
          expected: "addresses with commas between them, such as 127.0.0.1,::1")
      }
      addresses.insert(address)
    }
    self.addresses = addresses
  }

  /// The bytes of an address, as inet_pton(3) reads it; those of IPv4 as IPv6 has them (RFC 4291
  /// §2.5.5.2), for a socket of both kinds names them so.
  private static func address(_ text: String) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET6, text, &bytes) == 1 { return bytes }
    return inet_pton(AF_INET, text, &bytes) == 1 ? mapped(bytes[..<4]) : nil
  }

  private static func mapped(_ bytes: some Collection<UInt8>) -> [UInt8] {
    [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + bytes
  }
}
