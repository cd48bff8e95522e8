import Glibc
import HTTPClient

/// What a host's name leads to, as this machine's resolver sees it.
package enum HostLookup: Equatable, Sendable {
  case found([IPAddress])
  /// There is no such name, in the resolver's words.
  case isUnknown(String)
  /// The resolver does not answer now, in its own words.
  case noAnswer(String)

  /// Looks the name, or an address in letters, up; takes as long as the resolver does. The corresponding
  /// C function is `getaddrinfo`.
  package init(_ host: String) {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &list)
    defer { if let list { freeaddrinfo(list) } }
    guard code == 0 else {
      let words = String(cString: gai_strerror(code))
      self = code == EAI_AGAIN ? .noAnswer(words) : .isUnknown(words)
      return
    }
    let found = sequence(first: list, next: { $0?.pointee.ai_next }).compactMap(\.self)
    self = .found(found.compactMap { $0.pointee.ai_addr.flatMap { IPAddress($0) } })
  }

  /// Whether there are addresses, and all of them lead to this machine.
  package var isLoopback: Bool {
    guard case .found(let addresses) = self else { return false }
    return !addresses.isEmpty && addresses.allSatisfy(\.isLoopback)
  }
}

extension IPAddress {
  /// Whether it can be reached from everywhere: no private, loopback, link-local, shared (RFC 6598),
  /// multicast or unspecified one.
  package var isPublic: Bool { bytes.count == 4 ? Self.isPublic(bytes) : isPublicIPv6 }

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
}
