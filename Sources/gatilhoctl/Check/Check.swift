import ArgumentParser
import Configuration
import FoundationEssentials
import Glibc
import Journal
import Pages

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks the configuration, the state folder and the timers; with --live the network.",
    discussion: """
      One line for each thing, with what to do about it. Exits 0 when nothing has failed (warnings do \
      not count), 78 when the configuration or the state folder is not fit, 69 when messages stop for \
      another reason, or something beyond this machine is not fit.

      Example: gatilhoctl check --live
      """)

  @OptionGroup var options: ConfigurationOptions

  @Flag(help: "Also look at the public address, the provider, Gupy's webhooks and the clock.")
  var live = false

  @OptionGroup var authorities: AuthoritiesOption

  func run() throws {
    let site = try options.site()
    let environment = ProcessInfo.processInfo.environment
    let isFit = print(OfflineChecks(site: site).findings)
    _ = print(secrets(of: site, environment))
    let reaches = print(NginxChecks(environment: environment).findings)
    let isFlowing = print(concerns(of: site))
    var isReachable = true
    if live {
      // Each as soon as it is made.
      LiveChecks(site: site, caFile: authorities.caFile).report { finding in
        if !print([finding]) { isReachable = false }
      }
    }
    guard isFit else { throw ExitCode(EX_CONFIG) }
    guard reaches, isFlowing, isReachable else { throw ExitCode(EX_UNAVAILABLE) }
  }

  /// Prints what is found; false when something has failed.
  private func print(_ findings: [Finding]) -> Bool {
    for finding in findings { finding.print() }
    return !findings.contains { $0.state == .failure }
  }

  /// Whether secrets look like what they should be, and who else may see them or the candidates' data.
  private func secrets(of site: Site, _ environment: [String: String]) -> [Finding] {
    var findings = site.secretDoubts(environment: environment).map { $0.doubt.finding($0.path) }
    let path = site.configuration.state
    var info = stat()
    if stat(path, &info) == 0, info.st_mode & 0o007 != 0 {
      findings.append(
        .warning(
          "permissions", "\(path): others than its owner may enter it",
          remedy: "chmod 0700 \(path)"))
    }
    return findings.isEmpty
      ? [.good("permissions", "nobody else may read secrets or events")] : findings
  }

  /// The states in which messages stop, may stop, or wait for somebody, as the page shows them.
  private func concerns(of site: Site) -> [Finding] {
    do throws(JournalError) {
      let concerns = try Overview(site, now: .now, strayBudget: .max).concerns
      return concerns.isEmpty ? [.good("concerns", "none")] : concerns.map(\.finding)
    } catch {
      return [.failure("concerns", "\(error)", remedy: error.remedy)]
    }
  }
}

extension Concern {
  fileprivate var finding: Finding {
    Finding(
      state: kind.isGrave ? .failure : .warning, name: kind.rawValue,
      words: sentence(\.local)[.english], remedy: kind.remedy[.english])
  }
}

extension SecretDoubt {
  /// - Parameter path: the secret's place in the configuration.
  fileprivate func finding(_ path: String) -> Finding {
    let (words, remedy) =
      switch self {
      case .quoted:
        (
          "stands in quotation marks, which are part of it",
          "take them away, unless Gupy or the provider gave them to you"
        )
      case .assigned: ("begins with NAME=, which is part of it", "keep what stands behind the sign")
      case .withScheme:
        ("begins with \"Bearer\", which is part of it", "keep what stands behind it")
      case .shorterThan(let length):
        (
          "has fewer than \(length) bytes: it may be guessed",
          "gatilhoctl webhooks rotate-secret makes one"
        )
      case .notASCII:
        (
          "holds letters that not every client sends alike",
          "gatilhoctl webhooks rotate-secret makes one of plain letters"
        )
      case .readableByOthers(let file): ("\(file): others may read it", "chmod 0640 \(file)")
      }
    if case .readableByOthers = self { return .warning("permissions", words, remedy: remedy) }
    return .warning("secrets", "\(path) \(words)", remedy: remedy)
  }
}
