import ArgumentParser

/// The operator's and developer's command.
@main
struct Gatilhoctl: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gatilhoctl",
    abstract: "Looks after gatilho: from Gupy's webhook to one message at the provider.",
    subcommands: [
      Check.self, Demo.self, EraseCommand.self, Events.self, FakeProviderCommand.self,
      Providers.self, PurgeCommand.self, Reindex.self, RetryCommand.self, Try.self, Webhooks.self,
    ])
}
