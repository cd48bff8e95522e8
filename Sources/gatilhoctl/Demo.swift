import ArgumentParser
import FoundationEssentials
import Gupy
import Messaging
import Sandbox

/// The main job on one machine, with nothing prepared.
struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows the main job: webhooks over HTTPS become messages at a provider.",
    discussion: """
      Starts real nginx with TLS, two handler processes and a fake provider in a temporary folder,
      sends a story of webhooks as Gupy would, and prints what came, what gatilho answered and what
      the candidate would read. Exits 0 when every row was as expected.
      """)

  @Option(help: "The provider's profile: \(ProviderProfile.builtIn.keys.sorted().joined(separator: ", ")).")
  var provider = "callbell"

  @Flag(help: "Leave everything running afterwards, and print a line to try it with.")
  var keep = false

  func run() async throws {
    var options = Stage.Options(
      programs: try programsFolder(), profile: try Configuration.builtInProfile(provider))
    options.keepsFolder = true
    let keep = keep
    let isExpected = try await Stage.run(options) { stage in
      let isExpected = try Story(stage).tell()
      print(stage.whereabouts)
      if keep { try await stage.wait() }
      return isExpected
    }
    if !isExpected { throw ExitCode.failure }
  }
}
