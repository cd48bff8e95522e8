import ArgumentParser
import Glibc

/// A question before what cannot be undone.
enum Question {
  /// Returns when a person says yes at the terminal, or has said so by `--yes`.
  ///
  /// - Throws: exit status 1 after any other answer, 64 where nobody can be asked.
  static func ask(_ question: String, isAnswered: Bool) throws {
    guard !isAnswered else { return }
    guard isatty(STDIN_FILENO) == 1 else {
      throw ExitCode(EX_USAGE, "\(question) Confirm it with --yes.")
    }
    print(question, "Really? [y/N]", terminator: " ")
    guard readLine()?.lowercased().hasPrefix("y") == true else { throw ExitCode.failure }
  }
}
