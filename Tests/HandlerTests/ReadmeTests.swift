import FoundationEssentials
import JSON
import Messaging
import TestSupport
import Testing

@testable import Handler

/// The README's examples, each read as what it is.
@Suite struct ReadmeTests {
  private let folder: TemporaryFolder
  private let blocks: [String]

  init() throws {
    folder = try TemporaryFolder()
    let readme = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../README.md").standardized
    let text = try String(contentsOf: readme, encoding: .utf8)
    blocks = text.components(separatedBy: "```json5\n").dropFirst().map {
      String($0.components(separatedBy: "```")[0])
    }
  }

  /// The example that has a text; its secrets come from variables that are set.
  private func example(with text: String) throws -> StrictReader {
    let found = blocks.filter { $0.contains(text) }
    #expect(found.count == 1)
    let text = try #require(found.first)
      .replacing(/"file:[^"]*url"/, with: #""env:URL""#)
      .replacing(/"file:[^"]*"/, with: #""env:KEY""#)
      .replacing("/var/lib/gatilho", with: folder.path)
    return try StrictReader(json5: Array(text.utf8), file: "README.md")
  }

  private let environment = ["KEY": "k", "URL": "https://hooks.example.com/gatilho"]

  @Test func `there are three examples`() {
    #expect(blocks.count == 3)
  }

  @Test func `the configuration is one`() throws {
    let file = try folder.write(
      String(decoding: example(with: #""gupy""#).value.json, as: UTF8.self), to: "gatilho.json")
    #expect(try Configuration(file: file, environment: environment).rules.count == 3)
  }

  @Test func `every profile has a line that configures it`() throws {
    let profiles = try example(with: #""callbell""#).list { line throws(DocumentError) in
      try ProviderBlock(line, environment).provider.profile
    }
    #expect(profiles.map(\.name).sorted() == ProviderProfile.builtIn.keys.sorted())
  }

  @Test func `the table of providers says what each profile asks for`() throws {
    let readme = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../README.md").standardized
    let lines = try String(contentsOf: readme, encoding: .utf8).components(separatedBy: "\n")
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
      String(decoding: example(with: #""send""#).value.json, as: UTF8.self), to: "p.json")
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
