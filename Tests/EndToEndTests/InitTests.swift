import Configuration
import FoundationEssentials
import Handler
import JSON
import Messaging
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// `gatilhoctl init`, and what comes of following it.
@Suite struct InitTests {
  private static let profiles = ProviderProfile.builtIn.keys.sorted()
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func start(
    _ profile: String
  ) async throws -> (text: String, error: String, status: TerminationStatus) {
    let result = try await run(
      .path(FilePath(programs + "/gatilhoctl")), arguments: ["init", profile],
      environment: .exactly([:]), output: .string(limit: 100_000), error: .string(limit: 100_000))
    return (result.standardOutput, result.standardError, result.terminationStatus)
  }

  /// The configuration with this folder's places, as a file, and the files of its secrets.
  private func follow(_ text: String) throws -> String {
    let text = text.replacing("/etc/gatilho/", with: folder.path + "/")
      .replacing("/var/lib/gatilho", with: folder.path)
    for match in text.matches(of: /"file:[^"]*\/([^"\/]+)"/) {
      let name = String(match.1)
      // A profile's address may be a secret.
      try folder.write(name.hasSuffix("-url") ? "https://example.com/?t=1\n" : "k\n", to: name)
    }
    return try folder.write(text, to: "gatilho.json")
  }

  @Test(arguments: profiles)
  func `a profile's configuration is one that the handler takes`(_ name: String) async throws {
    let made = try await start(name)
    #expect(made.status == .exited(0))
    let profile = try #require(try ProviderProfile(builtIn: name))
    let configuration = try Configuration(file: try follow(made.text), environment: [:])
    #expect(configuration.provider.profile == profile)
    #expect(configuration.recipients == .list([]))
    #expect(configuration.retention == .seconds(365 * 86_400))
    #expect(configuration.rules.count == 2)
    for (setting, about) in profile.settings.merging(profile.secrets, uniquingKeysWith: { $1 }) {
      let off = profile.required.contains(setting) ? "" : "// "
      #expect(made.text.contains("      // \(about)\n      \(off)\"\(setting)\": \""))
    }
    #expect(made.text.contains("CHANGE-ME"))
    #expect(made.text.split(separator: "\n").allSatisfy { $0.hasPrefix("  //") || $0.count <= 100 })
  }

  @Test(arguments: profiles)
  func `what is commented out can be taken in`(_ name: String) async throws {
    let text = try await start(name).text.replacing(/\/\/ ("staleAfter|"when"|"messages)/) { $0.1 }
      .replacing(/\/\/ (  \{ "event|\],|"\w+": "(file:|CHANGE-ME))/) { $0.1 }
    let configuration = try Configuration(file: try follow(text), environment: [:])
    #expect(configuration.staleAfter == .seconds(86_400))
    #expect(configuration.rules.count == 2)
  }

  @Test func `the secret is fresh, stands in the steps alone, and its line keeps it as a file`()
    async throws
  {
    let (first, second) = (try await start("callbell"), try await start("callbell"))
    #expect(first.text == second.text)
    let secrets = try [first, second].map { made in
      String(try #require(made.error.firstMatch(of: /gupy-secret <<'END'\n([\w-]{43})\nEND\n/)).1)
    }
    #expect(secrets[0] != secrets[1])
    #expect(!first.text.contains(secrets[0]))
    #expect(first.error.hasSuffix("\(secrets[0])\nEND\n\n"))
    let lines = first.error.replacing("/etc/gatilho/", with: folder.path + "/")
      .replacing("-g gatilho ", with: "")
    let install = try #require(lines.firstMatch(of: /install [^\n]*gupy-secret[^\0]*?\nEND\n/))
    _ = try await output(
      "/bin/sh", ["-c", String(install.0)], environment: ["PATH": "/usr/bin:/bin"])
    let kept = URL(filePath: folder.path + "/gupy-secret")
    #expect(try String(contentsOf: kept, encoding: .utf8) == secrets[0] + "\n")
    let mode = try FileManager.default.attributesOfItem(atPath: kept.path())[.posixPermissions]
    #expect(mode as? Int == 0o640)
  }

  @Test func `nginx's lines are the project's own files, where those are not there`() async throws {
    let steps = try await start("callbell").error
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../nginx")
    for (name, place) in [
      ("gatilho-http.conf", "conf.d"), ("gatilho-upstream.conf", "conf.d"),
      ("gatilho-location.conf", "snippets"),
    ] {
      let text = try String(contentsOf: root.appending(path: name).standardized, encoding: .utf8)
      let isThere = FileManager.default.fileExists(atPath: "/etc/nginx/\(place)/\(name)")
      let lines = "\ncat > /etc/nginx/\(place)/\(name) <<'END'\n\(text)END\n"
      #expect(steps.contains(lines) == !isThere)
    }
    #expect(steps.contains("   include /etc/nginx/snippets/gatilho-location.conf;\n"))
  }

  @Test func `a profile of one's own works too, and an unknown one names the known`() async throws {
    let bytes = try #require(ProviderProfile.builtIn["callbell"])
    let path = try folder.write(String(decoding: bytes, as: UTF8.self), to: "mine.json")
    let made = try await start(path)
    let configuration = try Configuration(file: try follow(made.text), environment: [:])
    #expect(configuration.provider.profile.name == path)
    let unknown = try await start("calbell")
    #expect(unknown.status == .exited(64))
    #expect(unknown.text.isEmpty)
    #expect(
      unknown.error.contains(
        "no profile \"calbell\"; known: \(Self.profiles.joined(separator: ", "))"))
    let broken = try folder.write("{", to: "broken.json")
    #expect(try await start(broken).status == .exited(78))
  }
}
