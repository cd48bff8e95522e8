import Gupy
import Handler
import Journal

/// What keeps Gupy's webhooks from the workers: read from nginx's configuration and log, for no worker
/// sees it.
struct NginxChecks {
  /// nginx's main file.
  let file: String
  let now: Timestamp

  /// The main file that the environment names, else Debian's.
  init(environment: [String: String], now: Timestamp = .now) {
    file = environment["GATILHO_NGINX"] ?? "/etc/nginx/nginx.conf"
    self.now = now
  }

  /// Something that is turned away, or may be.
  struct Trouble: Equatable {
    /// Whether webhooks of Gupy's are refused now, or will be as soon as somebody wishes.
    let isGrave: Bool
    let words: String
    let remedy: String
    /// What shows it, in no language.
    var evidence = ""
  }

  /// So many connections that clients who say nothing do not take all of them.
  private static let connections = 4_096
  private static let (hour, day): (Int64, Int64) = (3_600_000, 86_400_000)

  /// Tells each trouble; one line when there is none, and nothing where nginx stands elsewhere.
  func report(_ tell: (Finding) -> Void) {
    guard let troubles else { return }
    if troubles.isEmpty { tell(.good("nginx", "\(file): webhooks reach the workers")) }
    for trouble in troubles {
      tell(
        trouble.isGrave
          ? .failure("nginx", trouble.words, remedy: trouble.remedy)
          : .warning("nginx", trouble.words, remedy: trouble.remedy))
    }
  }

  /// Notes what page, metrics and alerts are to tell, or forgets it when it is over.
  func note(in notes: Notes) {
    guard let troubles else { return }
    guard let grave = troubles.first(where: \.isGrave) else { return notes.clear(.limited) }
    notes.note(.limited, grave.evidence, now: now.milliseconds)
  }

  /// What is wrong; nil when this host's nginx hands gatilho no webhooks.
  private var troubles: [Trouble]? {
    guard let configuration = NginxConfiguration(file: file) else { return nil }
    let sites = NginxSite.all(in: configuration)
    guard !sites.isEmpty || !configuration.unreadable.isEmpty else { return nil }
    return configuration.unreadable.map(Self.unreadable) + sites.flatMap(troubles)
  }

  private func troubles(of site: NginxSite) -> [Trouble] {
    let yesterday = Timestamp(milliseconds: now.milliseconds - Self.day)
    let tally = site.log.flatMap { NginxLog(path: $0).tally(since: yesterday) }
    let isBlind = !site.knowsClients && (!site.endsTLS || tally?.isForwarded == true)
    var troubles = limits(site, isBlind) + allowList(site, isBlind)
    if let tally {
      troubles += refused(tally)
    } else if let log = site.log {
      troubles.append(Self.unreadable(log))
    }
    return troubles + slowClients(site)
  }

  private static func unreadable(_ file: String) -> Trouble {
    Trouble(
      isGrave: false, words: "\(file) cannot be read: what nginx refuses is not seen",
      remedy: "let the user of gatilho's timers read it: usermod -aG adm gatilho")
  }

  /// - Parameter isBlind: whether everybody has the address of a proxy.
  private func limits(_ site: NginxSite, _ isBlind: Bool) -> [Trouble] {
    site.limits.filter { !$0.isBySecret && (!$0.isByAddress || isBlind) }.map {
      Trouble(
        isGrave: true,
        words: "\($0.words) counts everybody as one: a stranger uses up what is Gupy's",
        remedy: "take gatilho-http.conf as it comes now, or say whose word counts: "
          + "gatilho-real-ip.conf",
        evidence: $0.words)
    }
  }

  private func allowList(_ site: NginxSite, _ isBlind: Bool) -> [Trouble] {
    guard let allowed = site.allowed else { return [] }
    let remedy = "$gatilho_listed in gatilho-http.conf"
    guard !allowed.isEmpty else {
      return [
        Trouble(
          isGrave: true, words: "the allow-list is on and holds nobody: Gupy is refused",
          remedy: "write Gupy's addresses: \(remedy)", evidence: "403")
      ]
    }
    guard !isBlind else {
      return [
        Trouble(
          isGrave: true, words: "the allow-list sees the proxy's address, not Gupy's",
          remedy: "say whose word counts: gatilho-real-ip.conf", evidence: "403")
      ]
    }
    let missing = NginxSite.gupys.filter { address in
      !allowed.contains { IPv4Range($0)?.contains(address) == true }
    }
    guard !missing.isEmpty else { return [] }
    let list = missing.joined(separator: ", ")
    return [
      Trouble(
        isGrave: false, words: "the allow-list refuses \(list), which Gupy's documentation names",
        remedy: "ask Gupy for its addresses: \(remedy)")
    ]
  }

  private func refused(_ tally: NginxLog.Tally) -> [Trouble] {
    guard let words = tally.words, let latest = tally.latest else { return [] }
    return [
      Trouble(
        isGrave: now.milliseconds - latest.milliseconds < Self.hour,
        words:
          "nginx refused webhooks itself in the last day: \(words), the last at \(latest.local)",
        remedy: "429, 403: the limit, the allow-list; 502, 504: the workers",
        evidence: words)
    ]
  }

  private func slowClients(_ site: NginxSite) -> [Trouble] {
    guard site.connections < Self.connections else { return [] }
    return [
      Trouble(
        isGrave: false,
        words: "worker_connections \(site.connections): so many connections that say nothing keep "
          + "Gupy out",
        remedy: "worker_connections 16384 in nginx.conf: see nginx/README.md, \"Slow clients\"")
    ]
  }
}
