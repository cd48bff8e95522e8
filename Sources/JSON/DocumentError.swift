/// What is wrong with a file that a person wrote: which file, where in it, what was expected.
package struct DocumentError: Error, Equatable, Sendable, CustomStringConvertible {
  /// As it was named.
  package let file: String
  /// `provider.settings.sender`, `messages[2].when`; empty for the whole document.
  package let path: String
  /// What is expected, or what to do.
  package let problem: String

  /// An error of these parts.
  package init(file: String, path: String, _ problem: String) {
    self.file = file
    self.path = path
    self.problem = problem
  }

  /// One line of a length that can be read: `gatilho.json: provider.profile: expected …`.
  package var description: String {
    [file, path, problem].filter { !$0.isEmpty }.map(\.shown).joined(separator: ": ")
  }
}

extension String {
  /// Control characters as Swift writes them, `\n` and `\u{1B}`; the end of a long text is left out.
  fileprivate var shown: String {
    let scalars = unicodeScalars.prefix(500).map { scalar in
      scalar.properties.generalCategory == .control
        ? scalar.escaped(asASCII: true) : String(scalar)
    }
    return scalars.joined() + (unicodeScalars.count > 500 ? "…" : "")
  }
}
