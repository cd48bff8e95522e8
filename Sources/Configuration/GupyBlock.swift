import JSON

/// The configuration's `gupy`: what `Authorization` may carry, and, for registering webhooks only,
/// where and as whom.
package struct GupyBlock: Sendable {
  /// The values that `Authorization` may carry, one or two; Gupy is told to send the first.
  package let secrets: [String]
  /// Where these come from, as the file says it: `file:/etc/gatilho/gupy-secret`.
  package let secretSources: [String]
  /// The address that Gupy is to post to, as it stands in the file.
  package let url: String?
  /// Where Gupy's configuration API begins; without a slash at the end.
  package let baseURL: String
  /// The files of the secrets.
  let files: [FileIdentity]
  private let owner: StrictReader.Members?
  private let token: StrictReader?
  private let reader: StrictReader

  /// Gupy's own.
  private static let standardBase = "https://api.gupy.io/api/v1"

  /// Reads the block and resolves its secrets, but never the token.
  init(_ reader: StrictReader, _ environment: [String: String]) throws(DocumentError) {
    let members = try reader.members(["url", "secrets", "token", "techOwner", "baseURL"])
    let base = try members["baseURL"]?.string() ?? Self.standardBase
    try (members["baseURL"] ?? reader).expectSafe(base: base)
    let owner = try members["techOwner"]?.members(["name", "email"])
    for key in ["name", "email"] { _ = try owner?[key]?.string() }
    if let token = members["token"] { _ = try SecretSource(token, environment) }
    let secrets = try members.required("secrets").secrets(environment)
    self.secrets = secrets.map(\.value)
    secretSources = secrets.map(\.name)
    files = secrets.compactMap(\.file)
    baseURL = base.hasSuffix("/") ? String(base.dropLast()) : base
    url = try members["url"]?.string()
    self.owner = owner
    token = members["token"]
    self.reader = reader
  }

  /// Reads this block of a configuration file and nothing else of it, so that neither the state
  /// folder nor the provider's key need be at hand.
  package init(file: String, environment: [String: String]) throws(DocumentError) {
    let members = try StrictReader(json5File: file).members(Configuration.keys)
    try self.init(members.required("gupy"), environment)
  }

  /// The address where there must be one.
  package func address() throws(DocumentError) -> String {
    guard let url else {
      throw missing("url", "the address that Gupy posts to: \"https://hooks.example.com/gupy\"")
    }
    return url
  }

  /// Whom Gupy writes to when the address fails.
  package func techOwner() throws(DocumentError) -> (name: String, email: String) {
    let (name, email) = (try owner?["name"]?.string(), try owner?["email"]?.string())
    guard let name else { throw missing("techOwner.name", "whom Gupy asks when the address fails") }
    guard let email else {
      throw missing("techOwner.email", "where Gupy writes to when the address fails")
    }
    return (name, email)
  }

  /// The token of Gupy's API, read now: `gatilhoctl` needs it, a worker never does.
  package func token(environment: [String: String]) throws(DocumentError) -> String {
    guard let token else {
      throw missing(
        "token", "\"env:NAME\" or \"file:/path\" with the token that Gupy's advanced settings make")
    }
    return try SecretSource(token, environment).resolve(token, environment: environment)
  }

  private func missing(_ key: String, _ expected: String) -> DocumentError {
    DocumentError(
      file: reader.file, path: "\(reader.path).\(key)", "is missing; expected \(expected)")
  }
}

extension StrictReader {
  /// One secret, or two to rotate: the value, where it comes from, and the file if it is one.
  fileprivate func secrets(
    _ environment: [String: String]
  ) throws(DocumentError) -> [(value: String, name: String, file: FileIdentity?)] {
    let secrets = try list { secret throws(DocumentError) in
      let source = try SecretSource(secret, environment)
      // Before it is read, so that a change in between is seen.
      let file: FileIdentity? = if case .file(let path) = source { FileIdentity(path) } else { nil }
      let value = try source.resolve(secret, environment: environment)
      return (value, try secret.string(), file)
    }
    guard 1...2 ~= secrets.count else { throw error("expected one secret, or two to rotate") }
    return secrets
  }
}
