import JSON

/// The description of one provider's API: data, read from a JSON file.
package struct ProviderProfile: Equatable, Sendable {
  /// The file's name without `.json`, or the path of a customer's own.
  package let name: String
  /// The provider and the kind of message, for people.
  package let about: String
  /// What each secret is, by name.
  package let secrets: [String: String]
  /// What each setting is, by name.
  package let settings: [String: String]
  let base: Template
  let send: Call

  /// Reads a profile strictly: an unknown key or placeholder is an error.
  ///
  /// - Parameter paths: the event's paths that placeholders may name.
  package init(
    _ reader: StrictReader, name: String, paths: Set<String>
  ) throws(DocumentError) {
    let members = try reader.members(["about", "secrets", "settings", "base", "send"])
    self.name = name
    about = try members["about"]?.string() ?? name
    secrets =
      try members["secrets"]?.dictionary { text throws(DocumentError) in try text.string() } ?? [:]
    settings =
      try members["settings"]?.dictionary { text throws(DocumentError) in try text.string() } ?? [:]
    base = try members.required("base").address()
    send = try Call(members.required("send"))
    try check(reader, paths)
  }

  /// The names that must have a value: placeholders that stand bare somewhere.
  package var required: Set<String> {
    Set(placeholders.filter { $0.absence == .fails }.map(\.name))
  }

  /// Whether every message has to name a template.
  package var needsTemplate: Bool { required.contains("template") }

  /// Whether its parameters must have positions; a profile that only repeats values needs neither
  /// positions nor names.
  package var numbersParameters: Bool {
    required.contains { $0 == "each.position" || $0.hasPrefix("parameters.") }
  }
  /// Whether its parameters must have names.
  package var namesParameters: Bool { required.contains("each.name") }

  private var placeholders: [Template.Placeholder] { base.placeholders + send.placeholders }

  private func check(_ reader: StrictReader, _ paths: Set<String>) throws(DocumentError) {
    let own = Set(secrets.keys).union(settings.keys)
    if let taken = own.sorted().first(where: { Message.brings($0) || $0.contains(".") }) {
      throw reader.error("\"\(taken)\" is the message's own: give the setting another name")
    }
    let known = own.union(paths)
    for name in placeholders.map(\.name) where !known.contains(name) && !Message.brings(name) {
      throw reader.error("{{\(name)}} is no setting, secret or path")
    }
  }
}
