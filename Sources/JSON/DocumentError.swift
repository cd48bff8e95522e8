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

  /// One line: `gatilho.json: provider.profile: expected …`.
  package var description: String {
    path.isEmpty ? "\(file): \(problem)" : "\(file): \(path): \(problem)"
  }
}
