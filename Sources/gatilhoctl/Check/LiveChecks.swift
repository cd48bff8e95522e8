import Configuration
import FoundationEssentials
import Glibc
import Gupy
import GupyAPI
import HTTPClient
import JSON
import Journal
import Lookup
import Messaging

/// What only the network and Gupy know.
struct LiveChecks {
  let site: Site
  /// A PEM file of authorities that replaces the system's, for the public address.
  let caFile: String?

  /// Gupy takes an address away after seven days; from then on every hour counts.
  private static let alarm: Int64 = 2 * 86_400_000
  /// A clock that is further off shows in what is stale and what came first, in seconds.
  private static let clockTolerance = 5

  /// Tells each finding as soon as it is made.
  func report(_ tell: (Finding) -> Void) {
    if let url = site.configuration.gupy.url {
      tell(address(url))
      tell(answer(url))
    } else {
      tell(
        .failure(
          "address", "gupy.url is missing",
          remedy: "the address that Gupy posts to: \"https://hooks.example.com/gupy\""))
    }
    for finding in provider { tell(finding) }
    for finding in registrations { tell(finding) }
    tell(deliveries)
  }

  private func address(_ url: String) -> Finding {
    do {
      try expectPublic(url, in: site.file, looksUp: true)
      return .good("address", url)
    } catch let error as DocumentError {
      return .failure("address", error.problem, remedy: "a public name with HTTPS in gupy.url")
    } catch {
      return .warning("address", "\(url) cannot be looked up now", remedy: "run it again")
    }
  }

  /// Each secret is taken, and no other.
  private func answer(_ url: String) -> Finding {
    let probe = Probe(url: url, caFile: caFile)
    for secret in site.configuration.secrets {
      let result = probe.ask(secret: secret)
      guard result == .accepts else {
        return .failure(
          "answer", result.description,
          remedy: "see nginx, its certificate, and the worker's log; Gupy gets the same")
      }
    }
    let result = probe.ask(secret: WantedRegistration.freshSecret())
    guard result == .refusesSecret else {
      return .failure(
        "answer", "to a wrong secret: \(result)",
        remedy: "see what stands between nginx and gatilho: it must hand Authorization on")
    }
    return .good("answer", "valid certificate, gatilho takes the secret and refuses any other")
  }

  private var provider: [Finding] {
    let provider = site.configuration.provider
    do throws(HTTPError) {
      let (answer, says) = try provider.probe(with: HTTPClient())
      return [key(says, provider.profile), clock(answer)].compactMap(\.self)
    } catch {
      switch error {
      case .notSent(let reason), .noAnswer(let reason):
        let remedy = "see DNS, firewall, HTTPS_PROXY and provider.caFile"
        return [.failure("provider API", "no answer: \(reason)", remedy: remedy)]
      }
    }
  }

  /// What the provider says of the key; an answer alone says only that somebody is there.
  private func key(_ says: Delivery?, _ profile: ProviderProfile) -> Finding {
    let name = "provider API"
    switch says?.verdict {
    case nil: return .good(name, "reachable; this profile cannot ask whether the key is good")
    case .accepted: return .good(name, "reachable, and the key is good")
    case .misconfigured:
      let isKey = [401, 403, 407].contains(says?.httpStatus)
      return .failure(
        name, "\(isKey ? "key" : "account or address") refused: \(says?.cause ?? "")",
        remedy: "mend \(profile.probed.map { "provider.settings." + $0 }.joined(separator: ", "))")
    case .rejected, .unavailable, .unconfirmed:
      return .warning(
        name, "reachable, and does not say whether the key is good: \(says?.cause ?? "")",
        remedy: "run it again")
    }
  }

  private func clock(_ answer: HTTPResponse) -> Finding? {
    guard let ahead = answer.secondsAhead() else { return nil }
    let words = "\(abs(ahead)) s \(ahead < 0 ? "behind" : "ahead of") the provider's"
    return abs(ahead) > Self.clockTolerance
      ? .warning("clock", words, remedy: "let chrony or systemd-timesyncd set it")
      : .good("clock", words)
  }

  private var registrations: [Finding] {
    do {
      let gupy = site.configuration.gupy
      let token = try gupy.token(environment: ProcessInfo.processInfo.environment)
      let api = GupyAPI(baseURL: gupy.baseURL, token: token, tries: 2) {
        usleep(UInt32($0 / .microseconds(1)))
      }
      let plan = try RegistrationPlan(gupy.wanted(), given: api.list())
      plan.noteInactive(in: site.journal)
      return plan.steps.compactMap(\.finding)
    } catch {
      return [.failure("webhooks", "\(error)", remedy: "gatilhoctl webhooks list")]
    }
  }

  private var deliveries: Finding {
    let name = "deliveries"
    do throws(JournalError) {
      let complaints = Complaints()
      let last = LastDeliveries(site.journal, complain: complaints.complaint)
      if last.latest == nil, let error = complaints.all.first { throw error }
      guard let latest = last.latest else {
        return .warning(
          name, "none in thirty days",
          remedy: "move a test candidate at Gupy, and see gatilhoctl webhooks list and nginx's log")
      }
      guard let since = last.failingSince, let removal = last.removal else {
        return .good(name, "the last at \(latest.local)")
      }
      let isSoon = removal.milliseconds - Timestamp.now.milliseconds < Self.alarm
      let words = "none answered 200 since \(since.local); Gupy takes the address away on"
      return Finding(
        state: isSoon ? .failure : .warning, name: name, words: "\(words) \(removal.local)",
        remedy: "see the worker's log")
    } catch {
      return .failure(name, "\(error)", remedy: "gatilhoctl reindex")
    }
  }
}

extension RegistrationPlan.Step {
  /// What it says of our side; nil for another system's.
  fileprivate var finding: Finding? {
    let remedy = "gatilhoctl webhooks ensure"
    switch self {
    case .create(let wanted):
      return .failure("webhooks", "\(wanted.action): Gupy has none", remedy: remedy)
    case .update(let registration, _, let differences):
      let words = differences.map(\.description).joined(separator: ", ")
      return .failure("webhooks", "\(registration.action): \(words)", remedy: remedy)
    case .keep(let registration): return .good("webhooks", "\(registration.action): active")
    case .duplicate(let registration, let other):
      return .warning(
        "webhooks", "\(registration.action): \(registration.id) is the same as \(other.id)",
        remedy: "gatilhoctl webhooks delete --id \(registration.id)")
    case .leave: return nil
    }
  }
}
