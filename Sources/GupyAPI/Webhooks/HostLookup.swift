import Glibc

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
