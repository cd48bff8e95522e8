import HTTPClient
import JSON

/// Text with placeholders: `Bearer {{token}}`, `{{candidate.name|candidato}}`, `{{flow?}}`.
package struct Template: Hashable, Sendable {
  let pieces: [Piece]

  /// What a template is made of, from left to right.
  enum Piece: Hashable, Sendable {
    case text(String)
    case placeholder(Placeholder)
  }

  /// A name between double braces, and what holds when it has no value.
  package struct Placeholder: Hashable, Sendable {
    /// `candidate.name`, `token`, `each.value`.
    package let name: String
    package let absence: Absence

    /// What holds when nothing stands under the name, by the three ways to write a placeholder.
    package enum Absence: Hashable, Sendable {
      /// `{{name}}`: the message cannot be made.
      case fails
      /// `{{name|text}}`: the text stands instead.
      case fallback(String)
      /// `{{name?}}`: the key, element or header is left out.
      case drops
    }

    /// Whether it is filled once a parameter.
    var isEach: Bool { name.hasPrefix("each.") }
  }

  /// Nil when a brace pair is not closed, a name is empty, or `?` stands beside other text.
  package init?(_ source: String) {
    var pieces: [Piece] = []
    var rest = source[...]
    while rest.utf8.contains(UInt8(ascii: "{")), let open = rest.firstRange(of: "{{") {
      let text = rest[..<open.lowerBound]
      if !text.isEmpty { pieces.append(.text(String(text))) }
      guard let close = rest[open.upperBound...].firstRange(of: "}}"),
        let placeholder = Placeholder(rest[open.upperBound..<close.lowerBound])
      else { return nil }
      pieces.append(.placeholder(placeholder))
      rest = rest[close.upperBound...]
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    self.pieces = pieces
    if pieces.count > 1, placeholders.contains(where: { $0.absence == .drops }) { return nil }
  }

  /// From left to right.
  package var placeholders: [Placeholder] {
    pieces.compactMap { piece in
      guard case .placeholder(let placeholder) = piece else { return nil }
      return placeholder
    }
  }
}

extension Template.Placeholder {
  fileprivate init?(_ source: Substring) {
    let parts = source.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    let isOptional = parts.count == 1 && source.last == "?"
    name = String(isOptional ? source.dropLast() : parts[0])
    absence = isOptional ? .drops : parts.count == 1 ? .fails : .fallback(String(parts[1]))
    guard !name.isEmpty, !name.contains(where: { $0.isWhitespace || $0 == "{" }) else { return nil }
  }

  fileprivate func value(_ values: Values) throws(MissingValues) -> JSONValue? {
    if let value = values[name] { return value }
    switch absence {
    case .fails: throw MissingValues(names: [name])
    case .fallback(let text): return .string(text)
    case .drops: return nil
    }
  }
}

/// Placeholders without fallback that have no value.
package struct MissingValues: Error, Equatable, Sendable {
  /// In the order in which they are needed.
  package let names: [String]

  package init(names: [String]) {
    self.names = names
  }
}

extension Template {
  /// The value that the pieces make; nil when it is to be left out. A placeholder that is the
  /// whole template keeps its type, everything else is text.
  package func value(_ values: Values) throws(MissingValues) -> JSONValue? {
    if pieces.count == 1, case .placeholder(let placeholder) = pieces[0] {
      return try placeholder.value(values)
    }
    return .string(try text(values))
  }

  /// The text as an address: placeholders are percent-encoded, but for one that begins it, which is
  /// an address of its own.
  package func address(_ values: Values) throws(MissingValues) -> String {
    let first = try text(values, of: pieces.prefix(1))
    return try first + text(values, of: pieces.dropFirst(), encode: \.percentEncoded)
  }

  /// The text that the pieces make; what is to be left out is empty.
  ///
  /// - Parameter encode: what is done to a placeholder's text, percent-encoding for instance.
  package func text(
    _ values: Values, encode: (String) -> String = { $0 }
  ) throws(MissingValues) -> String {
    try text(values, of: pieces[...], encode: encode)
  }

  private func text(
    _ values: Values, of pieces: ArraySlice<Piece>, encode: (String) -> String = { $0 }
  ) throws(MissingValues) -> String {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let literal): text += literal
      case .placeholder(let placeholder): text += encode(try placeholder.value(values)?.text ?? "")
      }
    }
    return text
  }
}

extension StrictReader {
  /// A string with placeholders.
  package func template() throws(DocumentError) -> Template {
    guard case .string(let source) = value, let template = Template(source) else {
      throw error(
        "expected text with placeholders: {{name}}, {{name|fallback}} or a lone {{name?}}")
    }
    return template
  }

  /// An address, or a part of one, with placeholders.
  func address() throws(DocumentError) -> Template {
    let template = try template()
    for case .text(let text) in template.pieces
    where text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
      throw error("an address has no white space")
    }
    return template
  }
}
