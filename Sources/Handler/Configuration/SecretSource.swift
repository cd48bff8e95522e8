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

  /// The secret itself, without the byte order mark before a file and the newline that ends it.
  ///
  /// - Throws: when it is missing, empty, or holds a line break or control character.
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
      value = String(decoding: bytes[...].withoutByteOrderMark, as: UTF8.self)
    }
    let secret = value.hasSuffix("\n") ? String(value.dropLast()) : value
    guard !secret.isEmpty else { throw reader.error("the secret is empty") }
    guard secret.first != " ", secret.last != " " else {
      throw reader.error("the secret begins or ends with a space, which HTTP drops")
    }
    guard secret.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw reader.error("the secret holds a line break or another control character")
    }
    return secret
  }
}
