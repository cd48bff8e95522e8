import Gupy
import JSON
import Messaging

/// One row of the configuration's `messages`: which events it is for, and the message they become.
package struct MessageRule: Sendable {
  package let event: EventType
  /// The name by which attempts record the rule.
  package let name: String?
  private let conditions: [EventPath: FoldedText]
  package let template: String?
  private let parameters: Parameters
  /// At most one message of this rule an application.
  package let isOnce: Bool
  package let whenLate: WhenLate
  package let settings: [String: JSONValue]

  /// What is done with an event that is older than the newest move.
  package enum WhenLate: String, CaseIterable, Sendable {
    case deliver, ignore
  }

  private enum Parameters: Sendable {
    case positional([Template])
    case named([String: Template])
    /// Every stored field by its path: the provider decides everything.
    case all
  }

  /// The rule of a profile that needs no template: every event, every field.
  package init(everythingFor event: EventType) {
    self.event = event
    name = nil
    conditions = [:]
    template = nil
    parameters = .all
    isOnce = false
    whenLate = .standard(for: event)
    settings = [:]
  }

  /// Reads a rule; what it may and must say depends on the profile.
  package init(_ reader: StrictReader, for profile: ProviderProfile) throws(DocumentError) {
    let members = try reader.members([
      "name", "event", "when", "template", "parameters", "once", "whenLate", "settings",
    ])
    event = try members.required("event").choice()
    name = try members["name"]?.string()
    conditions = try Self.conditions(members["when"])
    template = try members["template"]?.string()
    parameters = try Self.parameters(members["parameters"], for: profile)
    isOnce = try members["once"]?.bool() ?? false
    whenLate = try members["whenLate"]?.choice() ?? .standard(for: event)
    settings = try members["settings"]?.settings(of: profile) ?? [:]
    if isOnce, name == nil { throw reader.error("a rule with \"once\" needs a \"name\"") }
    if profile.needsTemplate, template == nil { throw reader.error("\"template\" is missing") }
  }

  private static func conditions(
    _ reader: StrictReader?
  ) throws(DocumentError) -> [EventPath: FoldedText] {
    var conditions: [EventPath: FoldedText] = [:]
    for (key, value) in try reader?.entries() ?? [] {
      guard let path = EventPath(rawValue: key) else { throw value.unknownPath(key) }
      conditions[path] = FoldedText(try value.string())
    }
    return conditions
  }

  private static func parameters(
    _ reader: StrictReader?, for profile: ProviderProfile
  ) throws(DocumentError) -> Parameters {
    guard let reader else { return .positional([]) }
    switch reader.value {
    case .string where profile.numbersParameters, .object where profile.numbersParameters:
      throw reader.error("\(profile.name) numbers its parameters: expected an array")
    case .array where profile.namesParameters:
      throw reader.error("\(profile.name) names its parameters: expected an object, or \"all\"")
    case .string("all"): return .all
    case .object:
      return .named(
        try reader.dictionary { value throws(DocumentError) in try value.eventTemplate() })
    case .array, .null, .bool, .integer, .number, .string:
      return .positional(
        try reader.list { value throws(DocumentError) in try value.eventTemplate() })
    }
  }

  /// Whether the rule is for this event.
  package func matches(_ event: WebhookEvent) -> Bool {
    event.details.type == self.event && unmet(by: event) == nil
  }

  /// The first condition that the event does not meet.
  private func unmet(by event: WebhookEvent) -> (path: EventPath, pattern: FoldedText)? {
    conditions.first { path, pattern in
      event.value(at: path).map { !FoldedText($0).matches(pattern: pattern) } ?? true
    }.map { (path: $0.key, pattern: $0.value) }
  }

  /// Why the rule is not for this event, for a person; nil when it is.
  package func mismatch(_ event: WebhookEvent) -> String? {
    guard event.details.type == self.event else { return "for \(self.event.rawValue)" }
    return unmet(by: event).map { path, pattern in
      let value = event.value(at: path).map { "\"\($0)\"" } ?? "absent"
      return "\(path.rawValue) is \(value), not \"\(pattern)\""
    }
  }
}

extension MessageRule {
  /// The values of the message's template; named ones sorted by name.
  ///
  /// - Throws: all paths that are required and absent.
  package func values(of fields: [String: JSONValue]) throws(MissingValues) -> [Message.Parameter] {
    let values = Values(fields)
    switch parameters {
    case .positional(let templates):
      let texts = try fill(templates, values)
      return texts.enumerated().map { Message.Parameter(position: $0 + 1, value: $1) }
    case .named(let templates):
      let names = templates.keys.sorted()
      let texts = try fill(names.compactMap { templates[$0] }, values)
      return zip(names, texts).map { Message.Parameter(name: $0, value: $1) }
    case .all:
      return fields.sorted { $0.key < $1.key }.compactMap { name, value in
        value.text.map { Message.Parameter(name: name, value: $0) }
      }
    }
  }

  private func fill(_ templates: [Template], _ values: Values) throws(MissingValues) -> [String] {
    var texts: [String] = []
    var missing: [String] = []
    for template in templates {
      do throws(MissingValues) {
        guard let text = Values.clean(try template.text(values)) else {
          // Only placeholders can leave nothing: blank text is refused when it is read.
          throw MissingValues(names: template.placeholders.map(\.name))
        }
        texts.append(text)
      } catch {
        missing += error.names
      }
    }
    guard missing.isEmpty else { throw MissingValues(names: missing) }
    return texts
  }
}

extension MessageRule.WhenLate {
  /// A late application still deserves its message, a late move is no longer true.
  fileprivate static func standard(for event: EventType) -> Self {
    switch event {
    case .applicationCreated: .deliver
    case .applicationMoved: .ignore
    }
  }
}

extension StrictReader {
  fileprivate func unknownPath(_ path: String) -> DocumentError {
    let known = EventPath.allCases.map(\.rawValue).joined(separator: ", ")
    return error("\(path) is no path of an event; known: \(known)")
  }

  /// Text whose placeholders are paths of an event.
  fileprivate func eventTemplate() throws(DocumentError) -> Template {
    _ = try string()
    let template = try template()
    for placeholder in template.placeholders where EventPath(rawValue: placeholder.name) == nil {
      throw unknownPath(placeholder.name)
    }
    if template.placeholders.contains(where: { $0.absence == .drops }) {
      throw error("a parameter cannot be left out: use {{path|fallback}}")
    }
    return template
  }

  /// Settings of a profile by name, each of its type.
  fileprivate func settings(
    of profile: ProviderProfile
  ) throws(DocumentError) -> [String: JSONValue] {
    _ = try members(Array(profile.settings.keys))
    var settings: [String: JSONValue] = [:]
    for (name, value) in try entries() { settings[name] = try value.setting(name, of: profile) }
    return settings
  }
}
