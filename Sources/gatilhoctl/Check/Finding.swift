import Glibc

/// One thing that `check` has looked at.
struct Finding {
  let name: String
  private let words: String
  private let remedy: String?
  /// How it stands.
  let state: State

  enum State: String {
    case good = "ok"
    /// It works; somebody should know.
    case warning = "WARN"
    /// It does not work, or soon will not.
    case failure = "FAIL"
  }

  private init(_ state: State, _ name: String, _ words: String, _ remedy: String?) {
    (self.state, self.name, self.words, self.remedy) = (state, name, words, remedy)
  }

  /// Something that is as it should be.
  static func good(_ name: String, _ words: String) -> Finding { Finding(.good, name, words, nil) }

  /// Something that works and that somebody should know, and what to do about it.
  static func warning(_ name: String, _ words: String, remedy: String) -> Finding {
    Finding(.warning, name, words, remedy)
  }

  /// Something that does not work, and what to do about it.
  static func failure(_ name: String, _ words: String, remedy: String) -> Finding {
    Finding(.failure, name, words, remedy)
  }

  /// Prints one line: how it stands, what it is, what was found, what to do.
  func print() {
    let line = [state.rawValue.padded(to: 5), name.padded(to: 17), words].joined(separator: " ")
    Swift.print((line + (remedy.map { " → \($0)" } ?? "")).harmless)
    fflush(nil)
  }
}
