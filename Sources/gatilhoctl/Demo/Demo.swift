import ArgumentParser
import FastCGI
import FoundationEssentials
import Glibc
import Messaging
import Sandbox

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows the main job: webhooks over HTTPS become messages at a provider.",
    discussion: """
      Starts real nginx with TLS, two handler processes and a fake provider in a temporary folder, \
      sends a story of webhooks as Gupy would, and prints what came, what gatilho answered and what \
      the candidate would read. Exits 0 when every row was as expected.

      Example: gatilhoctl demo --provider infobip-whatsapp --keep
      """)

  private static let providers = ProviderProfile.builtIn.keys.sorted()

  @Option(help: "The provider's profile: \(providers.joined(separator: ", ")).")
  var provider = "callbell"

  @Flag(help: "Leave out the provider that hangs: ten seconds less.")
  var quick = false

  @Flag(help: "Leave everything running afterwards, and print a line to try it with.")
  var keep = false

  func run() async throws {
    guard let profile = try ProviderProfile(builtIn: provider) else {
      throw ValidationError.noProfile(provider)
    }
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    var options = Stage.Options(
      programs: URL(filePath: program).deletingLastPathComponent().path(), profile: profile,
      nginx: Dictionary(uniqueKeysWithValues: NginxFile.allCases.map { ($0.rawValue, $0.text) }))
    options.keepsFolder = true
    let keep = keep
    let isExpected = try await Interruption.cancels { [options] in
      try await Stage.play(options) { stage in
        let story = DemoStory(canConfirm: profile.canConfirm, isQuick: quick)
        let isExpected = try await DemoTable(stage: stage).play(story.scenes)
        print(Self.closing(stage.folder))
        if keep { try await Self.wait(stage.folder, story.extra, program: program) }
        return isExpected
      }
    }
    if isExpected == false { throw ExitCode.failure }
  }

  private static func closing(_ folder: StageFolder) -> String {
    """

    The journal, one file an application:  \(folder.state)/applications
    One candidate's story:                 jq . \(folder.state)/applications/101/612000101.jsonl
    The handlers' log:                     \(folder.log)
    """
  }

  private static func wait(
    _ folder: StageFolder, _ extra: GupyEvent, program: String
  ) async throws {
    let event = folder.file("event.json")
    try Data(extra.body).write(to: URL(filePath: event))
    let environment = StageConfiguration.environment(folder).sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    print(
      """

      Everything runs until Ctrl-C. Post an event of your own, then change it and post it again:
        curl --cacert \(folder.certificate) -H 'Authorization: \(StageConfiguration.secret)' \
      --data-binary @\(event) \(folder.webhookURL)

      Post a thousand invented events, some of them twice, some in the wrong order:
        \(environment) \(program) simulate --url \(folder.webhookURL) \
      --ca-file \(folder.certificate) --count 1000 --duplicates 5% --out-of-order 20%
      """)
    fflush(nil)
    try await Task.sleep(for: .seconds(86_400))
  }
}

/// One process of the demo's provider: a FastCGI worker on descriptor 0.
struct FakeProviderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fake-provider", abstract: "Answers as a provider would.", shouldDisplay: false)

  @Argument(help: "The file that notes each message.")
  var received: String

  @Option(help: "How often it fails, whatever the number asks.", transform: Percent.init)
  var failing = Percent()

  func run() throws {
    let provider = FakeProvider(file: ReceivedFile(path: received), failing: failing.value)
    try Server().run(transport: .worker, handle: provider.respond)
  }
}
