import JSON

/// What placeholders stand for, by name.
///
/// Text that comes from outside is trimmed, its inner white space collapsed, its length bounded,
/// and never empty: templates refuse line breaks, long runs of spaces and empty values.
package struct Values: Sendable {
  /// Characters a value may have: a WhatsApp template's body holds no more.
  package static let longest = 1_024

  /// The later one wins.
  private var layers: [[String: JSONValue]]

  /// Values as they are: what comes from outside is cleaned before.
  package init(_ values: [String: JSONValue] = [:]) {
    layers = [values]
  }

  /// What stands under the name.
  package subscript(name: String) -> JSONValue? {
    for layer in layers.reversed() {
      if let value = layer[name] { return value }
    }
    return nil
  }

  /// These values and `others`, which win.
  package func merging(_ others: [String: JSONValue]) -> Values {
    var values = self
    values.layers.append(others)
    return values
  }

  /// One text cleaned as said above; nil when nothing is left.
  package static func clean(_ text: String) -> String? {
    if isClean(text) { return text }
    let words = text.split { $0.isWhitespace || $0.isControl }
    return words.isEmpty ? nil : String(words.joined(separator: " ").prefix(longest))
  }

  /// Whether a text is certainly clean, as almost all are, told from its bytes alone: words of
  /// ASCII and Latin letters up to U+027F, with one space between.
  private static func isClean(_ text: String) -> Bool {
    var last = UInt8(ascii: " ")
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: " ") where last == byte: return false
      case 0x20...0x7E, 0x80...0xBF, 0xC3...0xC9: last = byte
      default: return false
      }
    }
    return last != UInt8(ascii: " ") && text.utf8.count <= longest
  }

  /// The text without anything that could end a line, or begin another header.
  static func oneLine(_ text: String) -> String {
    if text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return text }
    return String(text.map { $0.isNewline || $0.isControl ? " " : $0 })
  }
}

extension Character {
  fileprivate var isControl: Bool {
    unicodeScalars.allSatisfy { $0.properties.generalCategory == .control }
  }
}
