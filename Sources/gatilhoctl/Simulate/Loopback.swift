import FoundationEssentials
import GupyAPI

/// Whether an address leads to this machine and nowhere else.
enum Loopback {
  /// Looks the host of an address up; true when it has addresses and all of them are loopback.
  static func holds(_ url: String) -> Bool {
    guard let host = URLComponents(string: url)?.host, !host.isEmpty else { return false }
    let isLiteral = host.hasPrefix("[") && host.hasSuffix("]")
    return HostLookup(isLiteral ? String(host.dropFirst().dropLast()) : host).isLoopback
  }
}
