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

  /// The configuration; an error goes to standard error, with exit status 78 (`EX_CONFIG`).
  func load() throws -> Configuration {
    do {
      return try Configuration(file: config, environment: ProcessInfo.processInfo.environment)
    } catch {
      StandardError.print(error.description)
      throw ExitCode(EX_CONFIG)
    }
  }
}
