import Messaging

extension Configuration {
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
}

extension MessageRule {
  /// What the rule is for and what it sends, in a line.
  package var summary: String {
    [
      event.rawValue, "→", template ?? "every field", name.map { "(\($0))" },
      isOnce ? "once" : nil,
    ].compactMap(\.self).joined(separator: " ")
  }
}
