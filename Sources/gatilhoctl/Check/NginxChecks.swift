import Gupy
import Journal

/// What keeps Gupy's webhooks from the workers: read from nginx's configuration and log, for no worker
/// sees it.
struct NginxChecks {
  private let file: String
  private let now = Timestamp.now

  /// The main file that the environment names, else Debian's.
  init(environment: [String: String]) {
    file = environment["GATILHO_NGINX"] ?? "/etc/nginx/nginx.conf"
  }

  /// So many connections that clients who say nothing do not take all of them.
  private static let connections = 4_096
  private static let (hour, day): (Int64, Int64) = (3_600_000, 86_400_000)

  /// Each trouble; one line when there is none, and nothing where nginx stands elsewhere.
  var findings: [Finding] {
    guard let troubles else { return [] }
    return troubles.isEmpty ? [.good("nginx", "\(file): webhooks reach the workers")] : troubles
  }

  /// Notes what page, metrics and alerts are to tell, or forgets it when it is over.
  func note(in notes: Notes) {
    guard let troubles else { return }
    guard let grave = troubles.first(where: { $0.state == .failure }) else {
      return notes.clear(.limited)
    }
    notes.note(.limited, grave.evidence, now: now.milliseconds)
  }

  /// What is wrong; nil when this host's nginx hands gatilho no webhooks.
  private var troubles: [Finding]? {
    guard let configuration = NginxConfiguration(file: file) else { return nil }
    let sites = NginxSite.all(in: configuration)
    guard !sites.isEmpty || !configuration.unreadable.isEmpty else { return nil }
    return configuration.unreadable.map(Self.unreadable) + sites.flatMap(troubles)
  }

  private func troubles(of site: NginxSite) -> [Finding] {
    let yesterday = Timestamp(milliseconds: now.milliseconds - Self.day)
    let tally = site.log.flatMap { NginxLog.Tally(of: $0, since: yesterday) }
    // Whether everybody has the address of a proxy.
    let isBlind = !site.knowsClients && (!site.endsTLS || tally?.isForwarded == true)
    return limits(site, isBlind)
      + [
        allowList(site, isBlind), tally.map(refused) ?? site.log.map(Self.unreadable),
        slowClients(site),
      ].compactMap(\.self)
  }

  /// Webhooks of Gupy's are refused now, or will be as soon as somebody wishes.
  private static func grave(_ words: String, _ evidence: String, remedy: String) -> Finding {
    Finding(state: .failure, name: "nginx", words: words, remedy: remedy, evidence: evidence)
  }

  private static func unreadable(_ file: String) -> Finding {
    .warning(
      "nginx", "\(file) cannot be read: what nginx refuses is not seen",
      remedy: "let the user of gatilho's timers read it: usermod -aG adm gatilho")
  }

  private func limits(_ site: NginxSite, _ isBlind: Bool) -> [Finding] {
    site.limits.filter { !$0.isBySecret && (!$0.isByAddress || isBlind) }.map {
      Self.grave(
        "\($0.words) counts everybody as one: a stranger uses up what is Gupy's", $0.words,
        remedy: "take gatilho-http.conf as it comes now, or say whose word counts: "
          + "gatilho-real-ip.conf")
    }
  }

  private func allowList(_ site: NginxSite, _ isBlind: Bool) -> Finding? {
    guard let allowed = site.allowed else { return nil }
    let place = "$gatilho_listed in gatilho-http.conf"
    guard !allowed.isEmpty else {
      return Self.grave(
        "the allow-list is on and holds nobody: Gupy is refused", "403",
        remedy: "write Gupy's addresses: \(place)")
    }
    guard !isBlind else {
      return Self.grave(
        "the allow-list sees the proxy's address, not Gupy's", "403",
        remedy: "say whose word counts: gatilho-real-ip.conf")
    }
    let missing = NginxSite.gupys.filter { address in
      !allowed.contains { NginxSite.range($0, holds: address) }
    }
    guard !missing.isEmpty else { return nil }
    let list = missing.joined(separator: ", ")
    return .warning(
      "nginx", "the allow-list refuses \(list), which Gupy's documentation names",
      remedy: "ask Gupy for its addresses: \(place)")
  }

  private func refused(_ tally: NginxLog.Tally) -> Finding? {
    guard let latest = tally.latest else { return nil }
    let statuses = tally.refusals.sorted { $0.key < $1.key }.map { "\($0.key) × \($0.value)" }
      .joined(separator: ", ")
    let words =
      "nginx refused webhooks itself in the last day: \(statuses), the last at \(latest.local)"
    let remedy = "429, 403: the limit, the allow-list; 502, 504: the workers"
    return now.milliseconds - latest.milliseconds < Self.hour
      ? Self.grave(words, statuses, remedy: remedy) : .warning("nginx", words, remedy: remedy)
  }

  private func slowClients(_ site: NginxSite) -> Finding? {
    guard site.connections < Self.connections else { return nil }
    return .warning(
      "nginx",
      "worker_connections \(site.connections): so many connections that say nothing keep Gupy out",
      remedy: "worker_connections 16384 in nginx.conf: see nginx/README.md, \"Slow clients\"")
  }
}
