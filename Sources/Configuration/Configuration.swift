import Glibc
import Gupy
import JSON
import Messaging

/// One customer's configuration file, read and checked: a value that cannot be wrong.
package struct Configuration: Sendable {
  /// The shortest time that anything is kept.
  package static let minimalRetention = Duration.seconds(48 * 3_600)
  /// Why it is not shorter, for whoever asks for less.
  package static let minimalRetentionReason =
    "must be at least 48h: Gupy repeats an event for two hours, and may be late with the first"

  /// How Gupy comes here, and how its configuration is reached.
  package let gupy: GupyBlock
  /// The folder of the journal, which exists.
  package let state: String
  /// Who is asked to send the messages.
  package let provider: Provider
  /// What is done with a message that may have been sent.
  package let whenUnconfirmed: WhenUnconfirmed
  /// Who may get messages.
  package var recipients: Recipients
  /// Steps that candidates are not told of, besides the final one.
  package let exceptSteps: [FoldedText]
  /// An event older than this is not worth a message.
  package let staleAfter: Duration?
  /// How long an application is kept after the last thing that happened to it, at least
  /// `minimalRetention`; nil for ever.
  package let retention: Duration?
  /// The first that matches an event decides about its message.
  package let rules: [MessageRule]
  /// The other files that were read: a change of one is a change of the configuration.
  let files: [FileIdentity]
  let providerSecrets: [Secret]

  /// Who may get messages.
  package enum Recipients: Equatable, Sendable {
    case everyone
    case nobody
    case list(Set<PhoneNumber>)
  }

  /// What is done with a message that may have been sent.
  package enum WhenUnconfirmed: String, CaseIterable {
    /// It is not sent again: a person decides.
    case hold
    /// It is sent once more when Gupy repeats the event: the candidate may read it twice.
    case resend
  }
}

extension Configuration {
  /// What the file may say.
  package static let keys = [
    "gupy", "state", "provider", "recipients", "exceptSteps", "staleAfter", "retention", "messages",
  ]

  /// The values that `Authorization` may carry.
  package var secrets: [String] { gupy.secrets }

  /// Reads a configuration file.
  ///
  /// - Throws: the first thing that is wrong, with file, JSON path and what is expected.
  package init(file: String, environment: [String: String]) throws(DocumentError) {
    let reader = try StrictReader(json5File: file)
    let members = try reader.members(Self.keys)
    gupy = try GupyBlock(members.required("gupy"), environment)
    let provider = try ProviderBlock(members.required("provider"), environment)
    state = try members.required("state").folder()
    self.provider = provider.provider
    whenUnconfirmed = provider.whenUnconfirmed
    recipients = try members.required("recipients").recipients()
    let steps = try members["exceptSteps"]?.list { step throws(DocumentError) in
      FoldedText(try step.string())
    }
    exceptSteps = steps ?? [FoldedText("Contratação")]
    staleAfter = try members["staleAfter"]?.duration()
    retention = try members["retention"]?.retention()
    rules = try Self.rules(members["messages"], reader, self.provider.profile)
    files = gupy.resolved.compactMap(\.file) + provider.files
    providerSecrets = provider.secrets
  }

  /// What the configuration means, for a person: name and value a line. No secrets.
  package var summary: [(name: String, value: String)] {
    [
      ("provider", provider.profile.name + " (" + provider.profile.about + ")"),
      ("secrets", "\(secrets.count) accepted in Authorization"),
      ("excepted steps", "type final, and \(exceptSteps.count) by name"),
      ("stale after", staleAfter?.text ?? "never"),
      ("retention", retention?.text ?? "for ever"),
      ("may have been sent", whenUnconfirmed.rawValue),
      ("message rules", "\(rules.count)"),
    ] + rules.enumerated().map { ("rule \($0 + 1)", $1.summary) }
  }

  private static func rules(
    _ messages: StrictReader?, _ reader: StrictReader, _ profile: ProviderProfile
  ) throws(DocumentError) -> [MessageRule] {
    guard let messages else {
      guard !profile.needsTemplate, !profile.takesText else {
        let needs = profile.takesText ? "texts" : "templates"
        throw reader.error("\"messages\" is missing: the profile \(profile.name) needs \(needs)")
      }
      return EventType.allCases.map { MessageRule(everythingFor: $0) }
    }
    let rules = try messages.list { rule throws(DocumentError) in
      try MessageRule(rule, for: profile)
    }
    let names = rules.compactMap(\.name)
    guard Set(names).count == names.count else {
      throw messages.error("two rules have the same \"name\"")
    }
    return rules
  }
}

extension StrictReader {
  /// An absolute path of a folder that exists.
  fileprivate func folder() throws(DocumentError) -> String {
    let path = try string()
    var info = stat()
    guard path.hasPrefix("/") else { throw error("expected an absolute path") }
    guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFDIR else {
      throw error("\(path) is no folder: make it, for the user that runs gatilho alone (mode 0700)")
    }
    // A disk that has become read-only is no fault of this file: health, page and `check` tell it.
    guard access(path, W_OK | X_OK) == 0 || errno == EROFS else {
      throw error("\(path) cannot be written by this user: give it to the user that runs gatilho")
    }
    return path
  }

  fileprivate func recipients() throws(DocumentError) -> Configuration.Recipients {
    switch value {
    case .string("everyone"): return .everyone
    case .string("nobody"): return .nobody
    case .array:
      let numbers = try list { element throws(DocumentError) in
        guard let number = PhoneNumber(mobile: try element.string()) else {
          throw element.error("expected a mobile number such as \"+5511999990000\"")
        }
        return number
      }
      return .list(Set(numbers))
    case .null, .bool, .integer, .number, .string, .object:
      throw error("expected \"everyone\", \"nobody\" or a list such as [\"+5511999990000\"]")
    }
  }

  fileprivate func retention() throws(DocumentError) -> Duration {
    let retention = try duration()
    guard retention >= Configuration.minimalRetention else {
      throw error(Configuration.minimalRetentionReason)
    }
    return retention
  }

  fileprivate func duration() throws(DocumentError) -> Duration {
    guard let duration = Duration(try string()) else {
      throw error("expected a duration such as \"90s\", \"15m\", \"24h\" or \"365d\"")
    }
    return duration
  }
}

extension Duration {
  /// Reads `90s`, `15m`, `24h` or `365d`; nil for anything else, and for nothing at all (`0s`).
  package init?(_ text: String) {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
    // A sign is the only thing beside ASCII digits that `Int64` would read.
    guard let unit = text.last.flatMap({ units[$0] }), text.first?.isNumber == true,
      let count = Int64(text.dropLast()), 1...36_500 * 86_400 ~= count
    else { return nil }
    self = .seconds(count * unit)
  }

  /// What `init` reads, in the largest unit that says it in whole numbers: `365d`.
  package var text: String {
    let seconds = components.seconds
    let units: [(name: String, seconds: Int64)] = [("d", 86_400), ("h", 3_600), ("m", 60)]
    let unit = units.first { seconds % $0.seconds == 0 } ?? ("s", 1)
    return "\(seconds / unit.seconds)\(unit.name)"
  }
}
