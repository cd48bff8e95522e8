import ArgumentParser
import Configuration
import FastCGI
import Glibc
import Handler

@main
struct Gatilhoctl: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gatilhoctl",
    abstract: "Looks after gatilho: from Gupy's webhook to one message at the provider.",
    discussion: "Example: gatilhoctl init callbell > gatilho.json",
    version: Version.number,
    subcommands: [FakeProviderCommand.self],
    groupedSubcommands: [
      CommandGroup(
        name: "Set up",
        subcommands: [Init.self, Providers.self, Check.self, Try.self, Webhooks.self]),
      CommandGroup(name: "What happened", subcommands: [Events.self]),
      CommandGroup(
        name: "Look after",
        subcommands: [
          RetryCommand.self, PurgeCommand.self, EraseCommand.self, Reindex.self, State.self,
        ]),
      CommandGroup(name: "Without Gupy", subcommands: [Demo.self, Simulate.self]),
    ])

  static func main() async {
    FatalSignals.endTheProcess()
    StandardOutput.watch()
    if let slip = mistyped(in: CommandLine.arguments.dropFirst()) {
      StandardError.print(slip)
      Glibc.exit(EX_USAGE)
    }
    await main(nil)
  }
}
