import HTTPClient

/// An address that Gupy can post candidates to: public HTTPS, on a host of one's own.
///
/// What its name leads to is another question: `HostLookup`.
package struct PublicAddress: Equatable, Sendable {
  /// In lower case, an IPv6 address without its brackets.
  package let host: String

  /// - Throws: the first reason against it.
  package init(_ text: String) throws(Objection) {
    guard text.allSatisfy(\.isASCII), let address = Address(text) else { throw .noAddress }
    guard address.scheme == "https" else { throw .notHTTPS }
    guard address.user == nil, address.query == nil, address.fragment == nil else {
      throw .holdsMore
    }
    host = address.host
    try Self.expectOwn(host)
    guard IPAddress(host)?.isPublic ?? Self.isPublicName(host) else { throw .notPublic(host) }
  }

  /// Names that no public resolver knows (RFC 6761, RFC 6762, RFC 8375, and custom).
  private static let privateEndings: Set<String> = [
    "localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "test",
    "example", "invalid", "arpa", "onion",
  ]

  /// Services that take requests for other people: Gupy forbids them, for they show candidates' data to
  /// strangers. These keep what they get.
  private static let inspectors: Set<String> = [
    "requestcatcher.com", "webhook.site", "requestbin.com", "requestbin.net", "requestbin.io",
    "requestbin.org", "requestbin.cn", "requestb.in", "pipedream.com", "pipedream.net",
    "beeceptor.com", "hookbin.com", "typedwebhook.tools", "postb.in",
    "toolsfdg.net", "smee.io", "mockbin.org", "mockbin.io",
    "httpbin.org", "httpbingo.org", "reqbin.com", "ptsv3.com", "ptsv2.com", "putsreq.com",
    "webhook-test.com", "webhook.cool", "play.svix.com", "requestinspector.com", "mocky.io",
    "postman-echo.com", "pstmn.io", "ntfy.sh", "interact.sh", "oast.fun", "oastify.com",
    "burpcollaborator.net",
  ]

  /// These hand what they get to a machine behind them, under an address that others get tomorrow.
  private static let tunnels: Set<String> = [
    "ngrok.io", "ngrok.app", "ngrok.dev", "ngrok-free.app", "ngrok-free.dev", "ngrok.pizza",
    "localtunnel.me", "loca.lt", "serveo.net", "serveousercontent.com", "localhost.run", "lhr.life",
    "lhr.rocks", "trycloudflare.com", "devtunnels.ms", "bore.pub", "pagekite.me", "telebit.io",
    "tunnelmole.net", "pinggy.link", "pinggy.io", "localxpose.io", "loclx.io", "expose.dev",
    "sharedwithexpose.com", "zrok.io", "packetriot.net", "playit.gg",
  ]

  private static func expectOwn(_ host: String) throws(Objection) {
    let labels = host.split(separator: ".")
    let endings = Set(labels.indices.map { labels[$0...].joined(separator: ".") })
    guard endings.isDisjoint(with: inspectors) else { throw .inspector(host) }
    guard endings.isDisjoint(with: tunnels) else { throw .tunnel(host) }
  }

  private static func isPublicName(_ host: String) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty }), let last = labels.last else {
      return false
    }
    return !privateEndings.contains(String(last)) && !last.allSatisfy(\.isNumber)
  }

  /// Why Gupy must not post there.
  package enum Objection: Error, Equatable, Sendable, CustomStringConvertible {
    case noAddress
    case notHTTPS
    /// User, query or fragment.
    case holdsMore
    /// The host.
    case notPublic(String)
    /// A service that shows what it gets.
    case inspector(String)
    case tunnel(String)

    /// For a person: what is wrong and what is expected.
    package var description: String {
      switch self {
      case .noAddress: "expected an address such as \"https://hooks.example.com/gupy\""
      case .notHTTPS: "Gupy posts candidates' data: expected \"https://…\" with a valid certificate"
      case .holdsMore:
        "a user, query or fragment ends up in logs: the secret travels in Authorization"
      case .notPublic(let host): "Gupy cannot reach \(host) from outside: expected a public host"
      case .inspector(let host):
        "\(host) keeps what it gets and shows it to others; Gupy forbids it: expected a host of your own"
      case .tunnel(let host):
        "\(host) is a tunnel: a stranger stands between Gupy and you, and may get its name: expected a"
          + " host of your own"
      }
    }
  }
}
