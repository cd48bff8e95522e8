import JSON
import Messaging

/// Where a secret comes from: `env:NAME`, `file:/path` (Docker secrets), or `file:name`.
///
/// A bare name is a systemd credential: a file in the folder that `CREDENTIALS_DIRECTORY` names,
/// which differs from unit to unit (systemd.exec(5)). Without that variable it stands beside the
/// configuration file, so that a person can check the same file by hand.
enum SecretSource: Equatable, Sendable {
  case environment(String)
  case file(String)

  /// Refuses a literal secret.
  init(_ reader: StrictReader, _ environment: [String: String]) throws(DocumentError) {
    let text = try reader.string()
    if text.hasPrefix("env:"), text.count > 4 {
      self = .environment(String(text.dropFirst(4)))
    } else if text.hasPrefix("file:/") {
      self = .file(String(text.dropFirst(5)))
    } else if text.hasPrefix("file:"), text.count > 5, !text.contains("/") {
      let beside = reader.file.lastIndex(of: "/").map { String(reader.file[..<$0]) } ?? "."
      self = .file((environment["CREDENTIALS_DIRECTORY"] ?? beside) + "/" + text.dropFirst(5))
    } else {
      throw reader.error(
        "expected \"env:NAME\" or \"file:/path\": a secret never stands in this file")
    }
  }

  /// The secret itself, without the byte order mark that begins a file and the newline that ends it.
  ///
  /// - Throws: when it is missing, empty, no UTF-8, or holds what no header carries or no person
  ///   sees.
  func resolve(
    _ reader: StrictReader, environment: [String: String]
  ) throws(DocumentError) -> String {
    let value: String
    switch self {
    case .environment(let name):
      guard let found = environment[name] else {
        throw reader.error("the environment variable \(name) is not set")
      }
      value = found
    case .file(let path):
      let bytes = try reader.contents(of: path)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw reader.error("the secret is not UTF-8: save its file as plain text")
      }
      value = text
    }
    let secret = value.withoutFileMarks
    guard !secret.isEmpty else { throw reader.error("the secret is empty") }
    guard secret.first != " ", secret.last != " " else {
      throw reader.error("the secret begins or ends with a space, which HTTP drops")
    }
    if let scalar = secret.unicodeScalars.first(where: \.isUnfitForSecret) {
      throw reader.error(
        "the secret holds \(scalar.name), which no header carries or no person sees: write it anew")
    }
    return secret
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
