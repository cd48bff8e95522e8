import JSON

/// What a setting must be. One without a type, as in profiles of old, may be any of them.
package enum SettingType: String, CaseIterable, Sendable {
  /// A text, and never empty. A number is taken for its digits.
  case text
  /// True or false, and nothing that resembles them.
  case yesNo
  /// A number, not one in quotes.
  case number

  /// The value that stands at a place.
  package func value(_ reader: StrictReader) throws(DocumentError) -> JSONValue {
    switch (self, reader.value) {
    case (.text, .string), (.text, .integer), (.text, .number):
      return try reader.scalar().text.map(JSONValue.string) ?? .null
    case (.yesNo, .bool), (.number, .integer), (.number, .number): return reader.value
    case (.text, _): throw reader.expected("a text in quotes")
    case (.yesNo, _): throw reader.expected("true or false, without quotes")
    case (.number, _): throw reader.expected("a number, without quotes")
    }
  }
}

extension StrictReader {
  /// What a profile says of a setting: what it is, and its type where it has one. Either a text, or
  /// `{ "about": "…", "type": "yesNo" }`.
  func setting() throws(DocumentError) -> (about: String, type: SettingType?) {
    guard case .object = value else { return (try string(), nil) }
    let members = try members(["about", "type"])
    return (try members.required("about").string(), try members.required("type").choice())
  }
}
