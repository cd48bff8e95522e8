import ArgumentParser
import Glibc
import Handler

/// Whether all is ready for real candidates.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks the configuration, the state folder and the timers; with --live the network.",
    discussion: """
      One line for each thing, with what to do about it. Exits 0 when nothing has failed (warnings do \
      not count), 78 when the configuration or the state folder is not fit, 69 when something beyond \
      this machine is not.

      Example: gatilhoctl check --live
      """)

  @OptionGroup var options: ConfigurationOptions

  func run() throws {
    let site = try options.site()
    var isFit = true
    for finding in OfflineChecks(site: site).findings {
      finding.print()
      if finding.state == .failure { isFit = false }
    }
    guard isFit else { throw ExitCode(EX_CONFIG) }
  }
}
