import ArgumentParser
import Configuration
import FoundationEssentials
import Glibc
import Handler
import JSON
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
    let site = try read { environment throws(DocumentError) in
      try Site(file: config, environment: environment)
    }
    try StateOwner.become(of: site.configuration.state)
    return site
  }

  /// As `site`, for what goes by the rules of the configuration: a copy's are not the workers'.
  ///
  /// - Throws: exit status 78 also when the state folder's workers read another file.
  func workersSite() throws -> Site {
    let site = try site()
    guard let holder = site.journal.otherHolder(than: config) else { return site }
    StandardError.print(
      "\(config): workers of \(site.configuration.state) read \(holder): give that by --config, or"
        + " after a move or rename: gatilhoctl state adopt --config \(config)")
    throw ExitCode(EX_CONFIG)
  }

  /// What the configuration says of Gupy, whatever else it says.
  ///
  /// - Throws: as `site` does.
  func gupy<Value>(_ take: (GupyBlock) throws(DocumentError) -> Value) throws -> Value {
    try read { environment throws(DocumentError) in
      try take(GupyBlock(file: config, environment: environment))
    }
  }

  private func read<Value>(
    _ take: ([String: String]) throws(DocumentError) -> Value
  ) throws -> Value {
    do throws(DocumentError) {
      return try take(ProcessInfo.processInfo.environment)
    } catch {
      StandardError.print(error.description)
      throw ExitCode(EX_CONFIG)
    }
  }
}
