import HTTPClient

/// An address that Gupy can post candidates to: public HTTPS, on a host of one's own.
///
/// What its name leads to is another question: `HostLookup`.
package struct PublicAddress: Equatable, Sendable {
  /// In lower case, an IPv6 address without its brackets.
  package let host: String

  /// - Throws: the first reason against it.
  package init(_ text: String) throws(Refusal) {
    guard text.allSatisfy(\.isASCII), let address = Address(text) else { throw .noAddress }
    guard address.scheme == "https" else { throw .notHTTPS }
    guard address.user == nil, address.query == nil, address.fragment == nil else {
      throw .holdsMore
    }
    host = address.host
    if let catcher = RequestCatcher(host: host) { throw .catcher(catcher) }
    guard IPAddress(host)?.isPublic ?? Self.isPublicName(host) else { throw .notPublic(host) }
  }

  /// Names that no public resolver knows (RFC 6761, RFC 6762, RFC 8375, and custom).
  private static let privateEndings: Set<String> = [
    "localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "test",
    "example", "invalid", "arpa", "onion",
  ]

  private static func isPublicName(_ host: String) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty }), let last = labels.last else {
      return false
    }
    return !privateEndings.contains(String(last)) && !last.allSatisfy(\.isNumber)
  }

  /// Why Gupy must not post there.
  package enum Refusal: Error, Equatable, Sendable, CustomStringConvertible {
    case noAddress
    case notHTTPS
    /// User, query or fragment.
    case holdsMore
    /// The host.
    case notPublic(String)
    case catcher(RequestCatcher)

    /// For a person: what is wrong and what is expected.
    package var description: String {
      switch self {
      case .noAddress: "expected an address such as \"https://hooks.example.com/gupy\""
      case .notHTTPS: "Gupy posts candidates' data: expected \"https://…\" with a valid certificate"
      case .holdsMore:
        "a user, query or fragment ends up in logs: the secret travels in Authorization"
      case .notPublic(let host): "Gupy cannot reach \(host) from outside: expected a public host"
      case .catcher(let catcher): "\(catcher): expected a host of your own"
      }
    }
  }
}
