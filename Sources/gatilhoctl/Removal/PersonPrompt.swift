import ArgumentParser
import Glibc
import Gupy
import Handler

/// What tells one person from all others, which must not stand on the command line.
enum PersonPrompt {
  /// Asks for a CPF, or reads it from standard input where nobody can be asked.
  ///
  /// - Throws: exit status 66 without a line, 65 for anything else than a CPF.
  static func cpf() throws -> Person {
    .cpf(try read("CPF", as: CPF.init))
  }

  /// Asks for an e-mail address, likewise.
  static func email() throws -> Person {
    .email(try read("E-mail address", as: EmailAddress.init))
  }

  private static func read<Value>(_ name: String, as parse: (String) -> Value?) throws -> Value {
    if isatty(STDIN_FILENO) == 1 { print("\(name):", terminator: " ") }
    guard let line = readLine() else {
      StandardError.print("\(name): expected a line on standard input")
      throw ExitCode(EX_NOINPUT)
    }
    guard let value = parse(line) else {
      StandardError.print("\(name): that is none; look for a typing mistake")
      throw ExitCode(EX_DATAERR)
    }
    return value
  }
}
