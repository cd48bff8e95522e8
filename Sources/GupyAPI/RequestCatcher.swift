/// A public service that takes requests for other people: Gupy forbids them, for they show
/// candidates' data to strangers.
package struct RequestCatcher: Equatable, Sendable, CustomStringConvertible {
  private let host: String
  private let kind: Kind

  private enum Kind {
    /// Keeps what it gets and shows it.
    case inspector
    /// Hands what it gets to a machine behind it, under an address that others get tomorrow.
    case tunnel
  }

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

  private static let tunnels: Set<String> = [
    "ngrok.io", "ngrok.app", "ngrok.dev", "ngrok-free.app", "ngrok-free.dev", "ngrok.pizza",
    "localtunnel.me", "loca.lt", "serveo.net", "serveousercontent.com", "localhost.run", "lhr.life",
    "lhr.rocks", "trycloudflare.com", "devtunnels.ms", "bore.pub", "pagekite.me", "telebit.io",
    "tunnelmole.net", "pinggy.link", "pinggy.io", "localxpose.io", "loclx.io", "expose.dev",
    "sharedwithexpose.com", "zrok.io", "packetriot.net", "playit.gg",
  ]

  /// Nil for a host that is none of the known ones, nor below one.
  init?(host: String) {
    let labels = host.split(separator: ".")
    let endings = Set(labels.indices.map { labels[$0...].joined(separator: ".") })
    if !endings.isDisjoint(with: Self.inspectors) {
      kind = .inspector
    } else if !endings.isDisjoint(with: Self.tunnels) {
      kind = .tunnel
    } else {
      return nil
    }
    self.host = host
  }

  /// What it is and why it must not be.
  package var description: String {
    switch kind {
    case .inspector: "\(host) keeps what it gets and shows it to others; Gupy forbids it"
    case .tunnel:
      "\(host) is a tunnel: a stranger stands between Gupy and you, and may get its name"
    }
  }
}
