import Glibc

/// An address of the Internet Protocol, version 4 or 6.
package struct IPAddress: Equatable, Sendable, CustomStringConvertible {
  private let bytes: [UInt8]

  /// The usual spellings of both versions (`inet_pton`).
  package init?(_ text: String) {
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &bytes) == 1 {
      self.bytes = Array(bytes[..<4])
    } else if inet_pton(AF_INET6, text, &bytes) == 1 {
      self.bytes = bytes
    } else {
      return nil
    }
  }

  /// What `getaddrinfo` found; nil for another family.
  init?(_ address: UnsafePointer<sockaddr>) {
    switch Int32(address.pointee.sa_family) {
    case AF_INET:
      bytes = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        withUnsafeBytes(of: $0.pointee.sin_addr, Array.init)
      }
    case AF_INET6:
      bytes = address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
        withUnsafeBytes(of: $0.pointee.sin6_addr, Array.init)
      }
    default: return nil
    }
  }

  /// Whether it can be reached from everywhere: no private, loopback, link-local, shared (RFC 6598),
  /// multicast or unspecified one.
  package var isPublic: Bool { bytes.count == 4 ? Self.isPublic(bytes) : isPublicIPv6 }

  /// Whether it leads to this machine: 127.0.0.0/8, or ::1.
  package var isLoopback: Bool {
    bytes.count == 4 ? bytes[0] == 127 : bytes == Array(repeating: 0, count: 15) + [1]
  }

  private static func isPublic(_ bytes: [UInt8]) -> Bool {
    switch (bytes[0], bytes[1]) {
    case (0, _), (10, _), (127, _), (224..., _): false
    case (100, 64...127), (169, 254), (172, 16...31), (192, 168): false
    default: true
    }
  }

  private var isPublicIPv6: Bool {
    // ::ffff:0:0/96 is an IPv4 address in IPv6's clothes (RFC 4291 §2.5.5.2).
    if bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) {
      return Self.isPublic(Array(bytes[12...]))
    }
    // Global unicast is 2000::/3 (RFC 4291 §2.4), and 64:ff9b::/96 leads to IPv4 (RFC 6052).
    return bytes[0] & 0xE0 == 0x20 || bytes.starts(with: [0, 0x64, 0xFF, 0x9B])
  }

  package var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count))
    return text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }
}
