/// The description of one provider's API: data, read from a JSON file.
package struct ProviderProfile: Equatable, Sendable {
  package let name: String
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
    let members = try reader.object(["about", "secrets", "settings", "base", "send"])
    self.name = name
    about = try members["about"]?.string() ?? name
    secrets = try Self.texts(members["secrets"])
    settings = try Self.texts(members["settings"])
    base = try reader.required("base", of: members).template()
    send = try Call(reader.required("send", of: members))
    try check(reader, paths)
  }

  /// The names that must have a value: placeholders that stand bare somewhere.
  package var required: Set<String> {
    Set(placeholders.filter { $0.absence == .fails }.map(\.name))
  }

  /// Whether every message has to name a template.
  package var needsTemplate: Bool { required.contains("template") }

  private var placeholders: [Template.Placeholder] { base.placeholders + send.placeholders }

  private static func texts(_ reader: StrictReader?) throws(DocumentError) -> [String: String] {
    var texts: [String: String] = [:]
    for (key, value) in try reader?.object() ?? [:] { texts[key] = try value.string() }
    return texts
  }

  private func check(_ reader: StrictReader, _ paths: Set<String>) throws(DocumentError) {
    for name in placeholders.map(\.name) {
      let isKnown =
        Message.brings(name) || paths.contains(name)
        || secrets[name] != nil || settings[name] != nil
      if !isKnown { throw reader.error("{{\(name)}} is no setting, secret or path") }
    }
  }
}
