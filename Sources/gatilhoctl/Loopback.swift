import FoundationEssentials
import Glibc

/// Whether an address leads to this machine and nowhere else.
enum Loopback {
  /// Resolves the host of an address; true when it has addresses and all of them are loopback.
  static func holds(_ url: String) -> Bool {
    guard let host = URL(string: url)?.host(percentEncoded: false) else { return false }
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host.trimmingBrackets, nil, &hints, &found) == 0 else { return false }
    defer { freeaddrinfo(found) }
    let addresses = sequence(first: found, next: { $0?.pointee.ai_next }).compactMap(\.self)
    return !addresses.isEmpty && addresses.allSatisfy { isLoopback($0.pointee) }
  }

  private static func isLoopback(_ info: addrinfo) -> Bool {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    guard
      getnameinfo(
        info.ai_addr, info.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0
    else { return false }
    let address = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    return address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
  }
}

extension String {
  /// The address inside an IPv6 literal's brackets.
  fileprivate var trimmingBrackets: String {
    hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self
  }
}
