import JSON

/// What a provider is asked to send: to whom, which of its templates, with which values.
package struct Message: Sendable {
  /// The event's id: the same for every attempt.
  package let id: String
  /// The recipient in E.164: `+5511999990000`.
  package let recipient: String
  /// The provider's name of it; nil where the profile needs none.
  package let template: String?
  /// The template's values, clean and never empty.
  package let parameters: [Parameter]
  /// The event's stored fields by path, cleaned: `candidate.name`.
  package let fields: [String: JSONValue]
  /// Settings that replace the provider's for this message.
  package let settings: [String: JSONValue]

  package init(
    id: String, recipient: String, template: String?, parameters: [Parameter],
    fields: [String: JSONValue], settings: [String: JSONValue]
  ) {
    self.id = id
    self.recipient = recipient
    self.template = template
    self.parameters = parameters
    self.fields = fields
    self.settings = settings
  }

  /// One value of the template: by position (from 1), or by name.
  package struct Parameter: Equatable, Sendable {
    /// From 1; nil for one with a name.
    package let position: Int?
    /// Nil for one with a position.
    package let name: String?
    /// What stands in the template's gap.
    package let value: String

    package init(position: Int, value: String) {
      (self.position, self.name, self.value) = (position, nil, value)
    }

    package init(name: String, value: String) {
      (self.position, self.name, self.value) = (nil, name, value)
    }
  }
}

extension Message {
  /// What placeholders stand for in a message for somebody with these settings, which it may replace.
  func values(over settings: Values) -> Values {
    var values: [String: JSONValue] = [:]
    values["id"] = .string(id)
    values["recipient.e164"] = .string(recipient)
    values["recipient.digits"] = .string(String(recipient.dropFirst()))
    values["template"] = template.map(JSONValue.string)
    for parameter in parameters {
      guard let position = parameter.position else { continue }
      values["parameters.\(position)"] = .string(parameter.value)
    }
    return settings.merging(fields).merging(values).merging(self.settings)
  }

  /// Whether a placeholder of this name is one that a message may bring.
  static func brings(_ name: String) -> Bool {
    ["id", "recipient.e164", "recipient.digits", "template"].contains(name)
      || ["each.position", "each.name", "each.value"].contains(name)
      || name.hasPrefix("parameters.") && Int(name.dropFirst(11)) ?? 0 > 0
  }
}
