import Configuration
import FoundationEssentials
import Gupy
import Handler
import JSON
import Journal
import Messaging
import TestSupport

/// The program's own readers, with a folder to read from and rules that hold for any bytes.
package struct Readers: Sendable {
  typealias Details = WebhookEvent.Details

  let folder: TemporaryFolder
  let journal: Journal
  /// One for each profile that comes with gatilho.
  let policies: [Policy]
  /// One event of each type.
  let events: [WebhookEvent]
  /// The configuration whose page is looked at.
  let page: String

  static let environment = ["SECRET": "s", "KEY": "k", "URL": "https://provider.example/"]
  static let now = Timestamp(milliseconds: 1_772_649_012_345)
  static let application: Int64 = 612_000_101

  /// Readers in a folder of their own; in memory, where a sync takes no time.
  package init() throws {
    let folder = try TemporaryFolder(inMemory: true)
    self.folder = folder
    journal = Journal(state: folder.path)
    policies = try ProviderProfile.builtIn.keys.sorted().map { name in
      let file = try folder.write(try Self.configuration(name, folder.path), to: "\(name).json")
      return Policy(
        configuration: try Configuration(file: file, environment: Self.environment), now: Self.now)
    }
    page = folder.path + "/webhook.json"
    events = try ["created", "moved"].map { name in
      let body = try fixture("gupy/application-\(name)-full.json")
      guard case .event(let event) = try WebhookPayload(json: body).validated() else {
        throw BrokenRule(description: "the fixture \(name) is an event")
      }
      return event
    }
    _ = try journal.open(Self.application, wait: .seconds(10))
  }

  /// Has the bytes read by the reader of their kind.
  ///
  /// - Returns: what they are, in a few words.
  /// - Throws: `BrokenRule` when something does not hold that has to hold for any bytes.
  package func read(_ bytes: [UInt8], as input: Input) throws -> String {
    switch input {
    case .payload: try payload(bytes)
    case .params: try params(bytes)
    case .journal: try journal(bytes)
    case .index: try index(bytes)
    case .configuration: try configuration(bytes)
    case .profile: try profile(bytes)
    }
  }

  private static func configuration(_ profile: String, _ state: String) throws -> String {
    guard let known = try ProviderProfile(builtIn: profile) else {
      throw BrokenRule(description: "\(profile) is a profile")
    }
    var values = known.secrets.mapValues { _ in JSONValue.string("env:KEY") }
    for name in known.settings.keys {
      values[name] = known.types[name] == .yesNo ? true : .string("s")
    }
    if values["endpoint"] != nil { values["endpoint"] = "https://provider.example/1" }
    if values["url"] != nil { values["url"] = "env:URL" }
    let list: JSONValue = ["{{candidate.name}}", "{{job.name|vaga}}: {{currentStep.name|etapa}}"]
    let object: JSONValue = ["name": "{{candidate.name}}", "job": "{{job.name|vaga}}"]
    let rules = EventType.allCases.map { type -> JSONValue in
      [
        "event": .string(type.rawValue), "template": "t", "whenLate": "deliver",
        "parameters": known.namesParameters ? object : list,
      ]
    }
    let configuration: JSONValue = [
      "gupy": ["secrets": ["env:SECRET"]], "state": .string(state), "recipients": "everyone",
      "provider": [
        "profile": .string(profile), "settings": .object(values),
      ],
      "messages": .array(rules),
    ]
    return String(decoding: configuration.json, as: UTF8.self)
  }
}
