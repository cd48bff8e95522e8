import Messaging

extension Configuration {
  /// What the configuration means, for a person: name and value a line. No secrets.
  package var summary: [(name: String, value: String)] {
    [
      ("state", state),
      ("provider", provider.profile.name + " (" + provider.profile.about + ")"),
      ("secrets", "\(secrets.count) accepted in Authorization"),
      ("recipients", recipients.summary),
      ("excepted steps", "type final, and \(exceptSteps.count) by name"),
      ("stale after", staleAfter?.text ?? "never"),
      ("retention", retention?.text ?? "for ever"),
      ("may have been sent", whenUnconfirmed.rawValue),
      ("message rules", "\(rules.count)"),
    ] + rules.enumerated().map { ("  \($0 + 1)", $1.summary) }
  }

  /// What an operator must know before real candidates depend on it.
  package var warnings: [String] { recipients.warnings }
}

extension Configuration.Recipients {
  fileprivate var warnings: [String] {
    switch self {
    case .everyone: []
    case .nobody: ["recipients is \"nobody\": no candidate gets a message"]
    case .list: ["recipients is a list: nobody else gets a message; set \"everyone\" to go live"]
    }
  }
}

extension Configuration.Recipients {
  fileprivate var summary: String {
    switch self {
    case .everyone: "everyone"
    case .nobody: "nobody"
    case .list(let numbers): "\(numbers.count) numbers, nobody else"
    }
  }
}

extension MessageRule {
  /// What the rule is for and what it sends, in a line.
  var summary: String {
    [
      event.rawValue, "→", template ?? "every field", name.map { "(\($0))" },
      isOnce ? "once" : nil,
    ].compactMap(\.self).joined(separator: " ")
  }
}
