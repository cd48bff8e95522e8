import Glibc
import JSON
import Messaging

/// A secret that the configuration names: `env:NAME`, `file:/path` (Docker secrets), or `file:name`.
///
/// A bare name is a systemd credential: a file in the folder that `CREDENTIALS_DIRECTORY` names,
/// which differs from unit to unit (systemd.exec(5)). Without that variable it stands beside the
/// configuration file, so that a person can check the same file by hand.
struct Secret: Sendable {
  /// Without the byte order mark that begins a file and the newline that ends it.
  let value: String
  /// As the configuration names it.
  let name: String
  /// Where the configuration names it: `gupy.secrets[0]`.
  let path: String
  /// Nil for a variable.
  let file: FileIdentity?

  enum Source: Equatable {
    case environment(String)
    case file(String)
  }

  /// Reads the secret itself.
  ///
  /// - Throws: when it is missing, empty, no UTF-8, or holds what no header carries or no person
  ///   sees.
  init(_ reader: StrictReader, _ environment: [String: String]) throws(DocumentError) {
    name = try reader.string()
    path = reader.path
    let text: String
    switch try Self.source(reader, environment) {
    case .environment(let name):
      guard let found = environment[name] else {
        throw reader.error("the environment variable \(name) is not set")
      }
      (text, file) = (found, nil)
    case .file(let path):
      // Before it is read, so that a change in between is seen.
      file = FileIdentity(path)
      guard let found = String(validating: try reader.contents(of: path), as: UTF8.self) else {
        throw reader.error("the secret is not UTF-8: save its file as plain text")
      }
      text = found
    }
    value = text.withoutFileMarks
    guard !value.isEmpty else { throw reader.error("the secret is empty") }
    guard value.first != " ", value.last != " " else {
      throw reader.error("the secret begins or ends with a space, which HTTP drops")
    }
    if let scalar = value.unicodeScalars.first(where: \.isUnfitForSecret) {
      throw reader.error(
        "the secret holds \(scalar.name), which no header carries or no person sees: write it anew")
    }
  }

  /// Where the secret stands; refuses a literal one.
  static func source(
    _ reader: StrictReader, _ environment: [String: String]
  ) throws(DocumentError) -> Source {
    let text = try reader.string()
    if text.hasPrefix("env:"), text.count > 4 { return .environment(String(text.dropFirst(4))) }
    if text.hasPrefix("file:/") { return .file(String(text.dropFirst(5))) }
    guard text.hasPrefix("file:"), text.count > 5, !text.contains("/") else {
      throw reader.error(
        "expected \"env:NAME\" or \"file:/path\": a secret never stands in this file")
    }
    let beside = reader.file.lastIndex(of: "/").map { String(reader.file[..<$0]) } ?? "."
    return .file((environment["CREDENTIALS_DIRECTORY"] ?? beside) + "/" + text.dropFirst(5))
  }
}

extension String {
  /// Without what editors put before and behind a file's text: a byte order mark and a line's end.
  fileprivate var withoutFileMarks: String {
    var scalars = unicodeScalars[...]
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    if scalars.last == "\n" { scalars.removeLast() }
    if scalars.last == "\r" { scalars.removeLast() }
    return String(scalars)
  }
}

extension Unicode.Scalar {
  /// Whether it is a control character, a space but the plain one, or nothing that is seen.
  fileprivate var isUnfitForSecret: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    case .spaceSeparator: self != " "
    default: false
    }
  }

  /// `U+FEFF`, as Unicode writes it.
  fileprivate var name: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

/// What makes a secret look pasted wrongly, or known to others: it is taken, and `gatilhoctl check`
/// warns of it.
package enum SecretDoubt: Equatable, Sendable {
  /// It begins and ends with quotation marks, which shells and `.env` files put there.
  case quoted
  /// It begins with `NAME=`, as a line of an environment file does.
  case assigned
  /// It begins with `Bearer `, which Gupy's header may carry in front of it anyway.
  case withScheme
  /// It is shorter than this many bytes, and may be guessed.
  case shorterThan(Int)
  /// It holds letters that not every client writes into a header the same way.
  case notASCII
  /// Others than owner and group may read its file.
  case readableByOthers(file: String)
}

extension Secret {
  /// As short as a secret that nobody guesses may be, in bytes.
  private static let leastLength = 16

  /// What is doubtful of it, with the place where the configuration names it.
  ///
  /// - Parameter isGupys: whether Gupy sends it.
  fileprivate func doubts(isGupys: Bool) -> [(path: String, doubt: SecretDoubt)] {
    let isQuoted = ["\"", "'"].contains {
      value.count > 1 && value.hasPrefix($0) && value.hasSuffix($0)
    }
    let isAssigned = value.prefixMatch(of: /(export )?[A-Z_][A-Z0-9_]*=./) != nil
    let isShort = isGupys && value.utf8.count < Self.leastLength
    let isOpen = file.map { $0.mode & 0o004 != 0 } ?? false
    let doubts: [SecretDoubt?] = [
      isQuoted ? .quoted : nil,
      isAssigned ? .assigned : nil,
      value.lowercased().hasPrefix("bearer ") ? .withScheme : nil,
      isShort ? .shorterThan(Self.leastLength) : nil,
      isGupys && !value.utf8.allSatisfy { $0 < 0x80 } ? .notASCII : nil,
      isOpen ? .readableByOthers(file: file?.path ?? "") : nil,
    ]
    return doubts.compactMap(\.self).map { (path, $0) }
  }
}

extension Site {
  /// What is doubtful of each secret that the configuration names, with the path of its place there; a
  /// token that cannot be read is passed over.
  package func secretDoubts(
    environment: [String: String]
  ) -> [(path: String, doubt: SecretDoubt)] {
    var others = configuration.providerSecrets
    do throws(DocumentError) {
      others.insert(try configuration.gupy.tokenSecret(environment), at: 0)
    } catch {}
    return configuration.gupy.resolved.flatMap { $0.doubts(isGupys: true) }
      + others.flatMap { $0.doubts(isGupys: false) }
  }
}
