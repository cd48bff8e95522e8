import ArgumentParser
import FastCGI
import Sandbox

/// One process of the demo's provider: a FastCGI worker on descriptor 0.
struct FakeProviderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fake-provider", abstract: "Answers as a provider would.", shouldDisplay: false)

  @Argument(help: "The file that notes each message.")
  var received: String

  @Option(help: "How often it fails, whatever the number asks.", transform: Percent.init)
  var failing = Percent.none

  func run() throws {
    let provider = try FakeProvider(
      file: ReceivedFile(path: received), failing: failing.value)
    try Server().run(transport: .worker, handle: provider.respond)
  }
}
