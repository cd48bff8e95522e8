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
  /// What each setting must be; one that is not in here may be a text, a number, true or false.
  package let types: [String: SettingType]
  let base: Template
  let send: Call
  /// What is asked before a message is sent.
  let prepare: Call?
  /// How to ask what became of a message.
  let confirm: Call?
  /// A request without effect that tells whether account and key are good.
  let probe: Call?

  /// Reads a profile strictly: an unknown key or placeholder is an error.
  ///
  /// - Parameter paths: the event's paths that placeholders may name.
  package init(
    _ reader: StrictReader, name: String, paths: Set<String>
  ) throws(DocumentError) {
    let members = try reader.members([
      "about", "secrets", "settings", "base", "send", "prepare", "confirm", "probe",
    ])
    self.name = name
    about = try members["about"]?.string() ?? name
    secrets =
      try members["secrets"]?.dictionary { text throws(DocumentError) in try text.string() } ?? [:]
    let described =
      try members["settings"]?.dictionary { setting throws(DocumentError) in
        try setting.setting()
      } ?? [:]
    settings = described.mapValues(\.about)
    types = described.compactMapValues(\.type)
    base = try members.required("base").address()
    send = try Call(members.required("send"))
    prepare = try members["prepare"].map { reader throws(DocumentError) in
      try Call(reader, prepares: true)
    }
    confirm = try members["confirm"].map { reader throws(DocumentError) in try Call(reader) }
    probe = try members["probe"].map { reader throws(DocumentError) in try Call(reader) }
    try check(reader, paths)
  }

  /// The names that must have a value: placeholders that stand bare somewhere.
  package var required: Set<String> {
    Set(placeholders.filter { $0.absence == .fails }.map(\.name))
      .subtracting(prepared)
  }

  /// Whether nothing is put behind the base: it is the whole address, with its query.
  package var takesWholeAddress: Bool {
    calls.allSatisfy(\.path.pieces.isEmpty)
  }

  /// The setting or secret that is an address of its own: the base begins with it.
  package var addressSetting: String? {
    guard case .placeholder(let first) = base.pieces.first else { return nil }
    return first.name
  }

  /// Whether it can be asked what became of a message.
  package var canConfirm: Bool { confirm != nil }

  /// Whether every message has to name a template.
  package var needsTemplate: Bool { required.contains("template") }

  /// Whether a message is a text of its own, which stands where a template's first value would.
  package var takesText: Bool { !needsTemplate && numbersParameters }

  /// Whether its parameters must have positions; a profile that only repeats values needs neither
  /// positions nor names.
  package var numbersParameters: Bool {
    required.contains { $0 == "each.position" || $0.hasPrefix("parameters.") }
  }
  /// Whether its parameters must have names.
  package var namesParameters: Bool { required.contains("each.name") }

  /// The secrets that the probe shows to the provider, then the settings, each sorted: one of them is
  /// wrong when the provider refuses.
  package var probed: [String] {
    let named = Set((base.placeholders + (probe?.placeholders ?? [])).map(\.name))
    return secrets.keys.filter(named.contains).sorted()
      + settings.keys.filter(named.contains).sorted()
  }

  /// The placeholders that a preparation fills.
  private var prepared: Set<String> { Set((prepare?.given { $0 } ?? [:]).keys) }

  private var calls: [Call] { [send, prepare, confirm, probe].compactMap(\.self) }

  private var placeholders: [Template.Placeholder] {
    base.placeholders + calls.flatMap(\.placeholders)
  }

  private func check(_ reader: StrictReader, _ paths: Set<String>) throws(DocumentError) {
    let own = Set(secrets.keys).union(settings.keys)
    if let taken = own.sorted().first(where: { Message.brings($0) || $0.contains(".") }) {
      throw reader.error("\"\(taken)\" is the message's own: give the setting another name")
    }
    let known = own.union(paths)
    let before = base.placeholders + (prepare?.placeholders ?? [])
    try check(before, reader) { known.contains($0) || Message.brings($0) }
    try check(send.placeholders, reader) {
      known.contains($0) || Message.brings($0) || prepared.contains($0)
    }
    // When it is asked, no message is at hand.
    try check(confirm?.placeholders ?? [], reader) { own.contains($0) || $0 == "id" }
    try check(probe?.placeholders ?? [], reader) { own.contains($0) }
  }

  private func check(
    _ placeholders: [Template.Placeholder], _ reader: StrictReader, isKnown: (String) -> Bool
  ) throws(DocumentError) {
    guard let stranger = placeholders.first(where: { !isKnown($0.name) }) else { return }
    let text = "{{\(stranger.name)"
    // It may stand in a key, too.
    let place = reader.leaves.first {
      $0.path.contains(text) || $0.value.text?.contains(text) == true
    }
    throw (place ?? reader).error("\(text)}} is no setting, secret or path")
  }
}
