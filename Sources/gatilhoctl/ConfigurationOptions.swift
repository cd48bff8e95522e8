import ArgumentParser
import FoundationEssentials
import Glibc
import Handler
import Messaging

/// The option of every subcommand that reads a configuration.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The configuration file.",
      discussion: "Without it: the environment's GATILHO_CONFIG, else /etc/gatilho/gatilho.json.",
      valueName: "file"))
  var config = Configurations.defaultFile(environment: ProcessInfo.processInfo.environment)

  /// The configuration and its journal; from then on this process is the state folder's owner.
  ///
  /// - Throws: with exit status 78 (`EX_CONFIG`), and the error on standard error.
  func site() throws -> Site {
    let site: Site
    do {
      site = try Site(file: config, environment: ProcessInfo.processInfo.environment)
    } catch {
      StandardError.print(error.description)
      throw ExitCode(EX_CONFIG)
    }
    try StateOwner.become(of: site.configuration.state)
    return site
  }
}
