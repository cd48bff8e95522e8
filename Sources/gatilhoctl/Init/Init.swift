import ArgumentParser
import Glibc
import GupyAPI
import Handler
import JSON
import Messaging

/// The beginning of an installation.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints a configuration to start from, and what to do next.",
    discussion: """
      Standard output is the configuration alone, with a comment at each thing. The next steps go to \
      standard error, with a fresh secret for Gupy and nginx's lines, to be pasted; the secret stands \
      nowhere else.

      Example: gatilhoctl init callbell > /etc/gatilho/gatilho.json

      Exits 64 for a profile that nobody knows, 74 when the configuration cannot be written, 78 for a \
      profile of your own that is not right.
      """)

  @Argument(help: "A profile's name (gatilhoctl providers), or the path of your own: /etc/….")
  var profile: String

  func run() throws {
    let profile = try known()
    print(NewConfiguration(for: profile).text, terminator: "")
    try StandardOutput.flush()
    StandardError.print(SetupSteps(for: profile, secret: WantedRegistration.freshSecret()).text)
  }

  private func known() throws -> ProviderProfile {
    do throws(DocumentError) {
      if profile.hasPrefix("/") { return try ProviderProfile(file: profile) }
      if let profile = try ProviderProfile(builtIn: profile) { return profile }
    } catch {
      StandardError.print(error.description)
      throw ExitCode(EX_CONFIG)
    }
    throw ValidationError.noProfile(profile)
  }
}
