import FoundationEssentials
import JSON
import Messaging
import TestSupport
import Testing

@testable import Configuration
@testable import Handler

/// The examples of the pages on configuration and providers, each read as what it is.
@Suite struct ReadmeTests {
  private static let configuration = "Sources/Configuration/README.md"
  private static let messaging = "Sources/Messaging/README.md"
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// The example that begins so; its secrets come from variables that are set.
  private func example(of page: String, beginning start: String) throws -> StrictReader {
    let blocks = try projectText(page).components(separatedBy: "```json5\n").dropFirst()
    let found = blocks.filter { $0.hasPrefix(start) }
    #expect(found.count == 1)
    let text = try #require(found.first).components(separatedBy: "```")[0]
      .replacing(/"file:[^"]*url"/, with: #""env:URL""#)
      .replacing(/"file:[^"]*"/, with: #""env:KEY""#)
      .replacing("/var/lib/gatilho", with: folder.path)
    return try StrictReader(json5: Array(text.utf8), file: page)
  }

  private let environment = ["KEY": "k", "URL": "https://hooks.example.com/gatilho"]

  @Test(arguments: [(configuration, 1), (messaging, 2)])
  func `a page has so many examples`(_ page: String, _ count: Int) throws {
    #expect(try projectText(page).components(separatedBy: "```json5\n").count == count + 1)
  }

  @Test func `the configuration is one`() throws {
    let file = try folder.write(
      String(
        decoding: example(of: Self.configuration, beginning: "{").value.json, as: UTF8.self),
      to: "gatilho.json")
    #expect(try Configuration(file: file, environment: environment).rules.count == 3)
  }

  @Test func `every profile has a line that configures it`() throws {
    let profiles = try example(of: Self.messaging, beginning: "[").list {
      line throws(DocumentError) in
      try ProviderBlock(line, environment).provider.profile
    }
    #expect(profiles.map(\.name).sorted() == ProviderProfile.builtIn.keys.sorted())
  }

  @Test func `the table of providers says what each profile asks for`() throws {
    let lines = try projectText(Self.messaging).components(separatedBy: "\n")
    for name in ProviderProfile.builtIn.keys {
      let profile = try #require(try ProviderProfile(builtIn: name))
      let row = try #require(lines.first { $0.hasPrefix("| `\(name)` |") })
      let cells = row.components(separatedBy: " | ")
      #expect(cells[2] == (profile.namesParameters ? "object" : "list"))
      let named = cells[3].matches(of: /`(\w+)`(\??)/).map { (String($0.1), $0.2.isEmpty) }
      #expect(Set(named.map(\.0)) == Set(profile.settings.keys).union(profile.secrets.keys))
      let required = named.filter(\.1).map(\.0)
      #expect(Set(required) == profile.required.intersection(named.map(\.0)))
    }
  }

  @Test func `the profile sends what its provider documents`() throws {
    let path = try folder.write(
      String(decoding: example(of: Self.messaging, beginning: "{").value.json, as: UTF8.self),
      to: "p.json")
    let block: JSONValue = [
      "profile": .string(path),
      "settings": ["instance": "FAKEINSTANCE", "token": "env:KEY", "clientToken": "env:KEY"],
    ]
    let provider = try ProviderBlock(StrictReader(block, file: "c"), environment).provider
    let message = Message(
      id: "i", recipient: "+5511900000001", template: nil, parameters: [],
      fields: ["candidate.name": "Joana", "job.name": "Padeira"], settings: [:])
    let request = try #require(try provider.preview(message).first)
    #expect(request.url == "https://api.z-api.io/instances/FAKEINSTANCE/token/HIDDEN/send-text")
    let text = "Olá, Joana! Sua candidatura para Padeira está em análise."
    #expect(JSONValue(request.body) == ["phone": "5511900000001", "message": .string(text)])
  }
}
