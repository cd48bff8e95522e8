import ArgumentParser
import Glibc
import Handler
import JSON
import Messaging

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
    print(NewConfiguration(profile: profile).text, terminator: "")
    try StandardOutput.flush()
    StandardError.print(SetupSteps(profile: profile).text)
  }

  private func known() throws -> ProviderProfile {
    let known = try KnownFailure.exits {
      profile.hasPrefix("/")
        ? try ProviderProfile(file: profile) : try ProviderProfile(builtIn: profile)
    }
    guard let known else { throw ValidationError.noProfile(profile) }
    return known
  }
}
