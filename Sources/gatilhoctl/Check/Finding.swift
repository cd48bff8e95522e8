import Glibc

/// One thing that `check` has looked at.
struct Finding {
  let state: State
  let name: String
  let words: String
  var remedy: String?
  /// What shows it, in no language.
  var evidence = ""

  enum State: String {
    case good = "ok"
    /// It works; somebody should know.
    case warning = "WARN"
    /// It does not work, or soon will not.
    case failure = "FAIL"
  }

  static func good(_ name: String, _ words: String) -> Finding {
    Finding(state: .good, name: name, words: words)
  }

  static func warning(_ name: String, _ words: String, remedy: String) -> Finding {
    Finding(state: .warning, name: name, words: words, remedy: remedy)
  }

  static func failure(_ name: String, _ words: String, remedy: String) -> Finding {
    Finding(state: .failure, name: name, words: words, remedy: remedy)
  }

  /// Prints one line: how it stands, what it is, what was found, what to do.
  func print() {
    let line = [state.rawValue.padded(to: 5), name.padded(to: 17), words].joined(separator: " ")
    Swift.print((line + (remedy.map { " → \($0)" } ?? "")).harmless)
    fflush(nil)
  }
}
