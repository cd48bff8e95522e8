import Gupy
import JSON
import Messaging

/// One row of the configuration's `messages`: which events it is for, and the message they become.
package struct MessageRule: Sendable {
  package let event: EventType
  /// The name by which attempts record the rule.
  package private(set) var name: String?
  private var conditions: [(path: EventPath, pattern: FoldedText)] = []
  package private(set) var template: String?
  /// By position where there are no names, else sorted by these. Nil for every stored field by its path:
  /// the provider decides everything.
  private var parameters: [(name: String?, template: Template)]?
  /// At most one message of this rule an application.
  package private(set) var isOnce = false
  package let whenLate: WhenLate
  package private(set) var settings: [String: JSONValue] = [:]

  /// What is done with an event that is older than the newest move.
  package enum WhenLate: String, CaseIterable, Sendable {
    case deliver, ignore
  }

  /// The rule of a profile that needs no template: every event, every field.
  package init(everythingFor event: EventType) {
    self.event = event
    whenLate = .standard(for: event)
  }

  /// Reads a rule; what it may and must say depends on the profile.
  package init(_ reader: StrictReader, for profile: ProviderProfile) throws(DocumentError) {
    let members = try reader.members([
      "name", "event", "when", "template", "parameters", "once", "whenLate", "settings",
    ])
    event = try members.required("event").choice()
    whenLate = try members["whenLate"]?.choice() ?? .standard(for: event)
    name = try members["name"]?.string()
    for (key, value) in try members["when"]?.entries() ?? [] {
      guard let path = EventPath(rawValue: key) else { throw value.unknownPath(key) }
      conditions.append((path, FoldedText(try value.string())))
    }
    template = try members["template"]?.string()
    parameters = try Self.parameters(members["parameters"], for: profile)
    isOnce = try members["once"]?.bool() ?? false
    if let given = members["settings"] {
      _ = try given.members(Array(profile.settings.keys))
      for (name, value) in try given.entries() {
        settings[name] = try value.setting(name, of: profile)
      }
    }
    if isOnce, name == nil { throw reader.error("a rule with \"once\" needs a \"name\"") }
    if profile.needsTemplate, template == nil { throw reader.error("\"template\" is missing") }
  }

  private static func parameters(
    _ reader: StrictReader?, for profile: ProviderProfile
  ) throws(DocumentError) -> [(name: String?, template: Template)]? {
    guard let reader else { return [] }
    switch reader.value {
    case .string where profile.numbersParameters, .object where profile.numbersParameters:
      throw reader.error("\(profile.name) numbers its parameters: expected an array")
    case .array where profile.namesParameters:
      throw reader.error("\(profile.name) names its parameters: expected an object, or \"all\"")
    case .string("all"): return nil
    case .object:
      return try reader.entries().map { entry throws(DocumentError) in
        (entry.key, try entry.value.eventTemplate())
      }
    case .array, .null, .bool, .integer, .number, .string:
      return try reader.list { value throws(DocumentError) in (nil, try value.eventTemplate()) }
    }
  }

  /// What the rule is for and what it sends, in a line.
  package var summary: String {
    [
      event.rawValue, "→", template ?? "every field", name.map { "(\($0))" },
      isOnce ? "once" : nil,
    ].compactMap(\.self).joined(separator: " ")
  }

  /// Whether the rule is for this event.
  package func matches(_ event: WebhookEvent) -> Bool {
    event.details.type == self.event && unmet(by: event) == nil
  }

  private func unmet(by event: WebhookEvent) -> (path: EventPath, pattern: FoldedText)? {
    conditions.first { path, pattern in
      event.value(at: path).map { !FoldedText($0).matches(pattern: pattern) } ?? true
    }
  }

  /// Why the rule is not for this event, for a person; nil when it is.
  package func mismatch(_ event: WebhookEvent) -> String? {
    guard event.details.type == self.event else { return "for \(self.event.rawValue)" }
    return unmet(by: event).map { path, pattern in
      let value = event.value(at: path).map { "\"\($0)\"" } ?? "absent"
      return "\(path.rawValue) is \(value), not \"\(pattern)\""
    }
  }

  /// The values of the message's template; named ones sorted by name.
  ///
  /// - Throws: all paths that are required and absent.
  package func values(of fields: [String: JSONValue]) throws(MissingValues) -> [Message.Parameter] {
    guard let parameters else {
      return fields.sorted { $0.key < $1.key }.compactMap { name, value in
        value.text.map { Message.Parameter(name: name, value: $0) }
      }
    }
    let values = Values(fields)
    var (filled, missing) = ([Message.Parameter](), [String]())
    for (index, (name, template)) in parameters.enumerated() {
      do throws(MissingValues) {
        guard let text = Values.clean(try template.text(values)) else {
          // Only placeholders can leave nothing: blank text is refused when it is read.
          throw MissingValues(names: template.placeholders.map(\.name))
        }
        filled.append(
          name.map { .init(name: $0, value: text) } ?? .init(position: index + 1, value: text))
      } catch {
        missing += error.names
      }
    }
    guard missing.isEmpty else { throw MissingValues(names: missing) }
    return filled
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
}
