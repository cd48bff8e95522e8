import Glibc

/// What a host's name leads to, as this machine's resolver sees it.
package enum HostLookup: Equatable, Sendable {
  /// At least one address can be reached from everywhere.
  case isPublic
  /// None of these can: Gupy would reach nobody, or somebody else.
  case isPrivate([String])
  /// There is no such name, in the resolver's words.
  case isUnknown(String)
  /// The resolver does not answer now, in its own words.
  case noAnswer(String)

  /// Looks the name, or an address in letters, up; takes as long as the resolver does.
  package init(_ host: String) {
    switch Self.resolve(host) {
    case .success(let addresses):
      self =
        addresses.contains(where: \.isPublic)
        ? .isPublic : .isPrivate(addresses.map(\.description))
    case .failure(.unknown(let words)): self = .isUnknown(words)
    case .failure(.noAnswer(let words)): self = .noAnswer(words)
    }
  }

  /// Whether the name has addresses, and all of them lead to this machine; takes as long as the
  /// resolver does.
  package static func isLoopback(_ host: String) -> Bool {
    switch resolve(host) {
    case .success(let addresses): !addresses.isEmpty && addresses.allSatisfy(\.isLoopback)
    case .failure: false
    }
  }

  private enum Failure: Error {
    case unknown(String)
    case noAnswer(String)
  }

  /// The corresponding C function is `getaddrinfo`.
  private static func resolve(_ host: String) -> Result<[IPAddress], Failure> {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &list)
    defer { if let list { freeaddrinfo(list) } }
    guard code == 0 else {
      let words = String(cString: gai_strerror(code))
      return .failure(code == EAI_AGAIN ? .noAnswer(words) : .unknown(words))
    }
    let found = sequence(first: list, next: { $0?.pointee.ai_next }).compactMap(\.self)
    return .success(found.compactMap { $0.pointee.ai_addr.flatMap { IPAddress($0) } })
  }
}
