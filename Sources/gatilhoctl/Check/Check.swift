import ArgumentParser
import FoundationEssentials
import Glibc
import Handler

/// Whether all is ready for real candidates.
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
    let isFit = report(OfflineChecks(site: site).report)
    _ = report(SecretChecks(site: site).report)
    let nginx = NginxChecks(environment: ProcessInfo.processInfo.environment)
    let reaches = report(nginx.report)
    let isFlowing = report(ConcernChecks(site: site).report)
    let isReachable =
      !live || report(LiveChecks(site: site, caFile: authorities.caFile).report)
    guard isFit else { throw ExitCode(EX_CONFIG) }
    guard reaches, isFlowing, isReachable else { throw ExitCode(EX_UNAVAILABLE) }
  }

  /// Prints what is found; false when something has failed.
  private func report(_ checks: (_ tell: (Finding) -> Void) -> Void) -> Bool {
    var isGood = true
    checks { finding in
      finding.print()
      if finding.state == .failure { isGood = false }
    }
    return isGood
  }
}
