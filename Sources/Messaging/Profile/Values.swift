import JSON

/// What placeholders stand for, by name.
///
/// Text that comes from outside is trimmed, its inner white space collapsed, its length bounded,
/// and never empty: templates refuse line breaks, long runs of spaces and empty values.
package struct Values: Sendable {
  /// Bytes of UTF-8 a value may have: a WhatsApp template's body holds no more characters.
  package static let longest = 1_024

  /// A later one wins.
  private var layers: [[String: JSONValue]]

  /// Values as they are: what comes from outside is cleaned before.
  package init(_ values: [String: JSONValue] = [:]) {
    layers = [values]
  }

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
  package static func clean(_ text: String) -> String? { clean(text, longest: longest) }

  /// The same, with another bound.
  ///
  /// White space and control characters part words; format characters go, but for the two joiners, which
  /// hold letters and emoji together and alone say nothing. It is cut between two scalars, and a text of
  /// any length and kind takes linear time.
  ///
  /// - Parameter longest: bytes of UTF-8.
  package static func clean(_ text: String, longest: Int) -> String? {
    if isClean(text, longest) { return text }
    var clean = String.UnicodeScalarView()
    var (left, isApart, saysSomething) = (longest, false, false)
    for scalar in text.unicodeScalars {
      if scalar.parts {
        isApart = !clean.isEmpty
      } else if scalar.isJoiner || scalar.properties.generalCategory != .format {
        left -= UTF8.width(scalar) + (isApart ? 1 : 0)
        guard left >= 0 else { break }
        if isApart { clean.append(" ") }
        clean.append(scalar)
        isApart = false
        saysSomething = saysSomething || !scalar.isJoiner
      }
    }
    return saysSomething ? String(clean) : nil
  }

  /// Whether a text is certainly clean, as almost all are, told from its bytes alone: words of
  /// ASCII and Latin letters up to U+027F, with one space between.
  private static func isClean(_ text: String, _ longest: Int) -> Bool {
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

  /// The text without anything that could end a line, or begin another header: one space in its place.
  static func oneLine(_ text: String) -> String {
    if text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return text }
    return text.unicodeScalars.split(whereSeparator: \.endsLine).map(String.init).joined(
      separator: " ")
  }
}

extension Unicode.Scalar {
  /// Whether it stands between words.
  fileprivate var parts: Bool { properties.isWhitespace || properties.generalCategory == .control }

  /// U+200C and U+200D.
  fileprivate var isJoiner: Bool { value == 0x200C || value == 0x200D }

  fileprivate var endsLine: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
