import JSON

/// The configuration's `gupy`: what `Authorization` may carry, and, for registering webhooks only,
/// where and as whom.
package struct GupyBlock: Sendable {
  /// The values that `Authorization` may carry, one or two; Gupy is told to send the first.
  package let secrets: [String]
  let resolved: [Secret]
  /// The address that Gupy is to post to, as it stands in the file.
  package let url: String?
  /// Where Gupy's API begins; without a slash at the end.
  package let baseURL: String
  private let owner: (name: String?, email: String?)
  private let token: StrictReader?
  private let reader: StrictReader

  /// Gupy's own.
  private static let standardBase = "https://api.gupy.io/api/v1"

  /// Where these come from, as the file says it: `file:/etc/gatilho/gupy-secret`.
  package var secretSources: [String] { resolved.map(\.name) }

  /// Reads the block and resolves its secrets, but never the token.
  init(_ reader: StrictReader, _ environment: [String: String]) throws(DocumentError) {
    let members = try reader.members(["url", "secrets", "token", "techOwner", "baseURL"])
    let base = try members["baseURL"]?.string() ?? Self.standardBase
    try (members["baseURL"] ?? reader).expectSafe(base: base)
    let owner = try members["techOwner"]?.members(["name", "email"])
    self.owner = (try owner?["name"]?.string(), try owner?["email"]?.string())
    token = members["token"]
    if let token { _ = try Secret.source(token, environment) }
    let list = try members.required("secrets")
    resolved = try list.list { secret throws(DocumentError) in try Secret(secret, environment) }
    guard 1...2 ~= resolved.count else {
      throw list.error("expected one secret, or two to rotate")
    }
    secrets = resolved.map(\.value)
    baseURL = base.hasSuffix("/") ? String(base.dropLast()) : base
    url = try members["url"]?.string()
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
    guard let name = owner.name else {
      throw missing("techOwner.name", "whom Gupy asks when the address fails")
    }
    guard let email = owner.email else {
      throw missing("techOwner.email", "where Gupy writes to when the address fails")
    }
    return (name, email)
  }

  /// The token of Gupy's API, read now: `gatilhoctl` needs it, a worker never does.
  package func token(environment: [String: String]) throws(DocumentError) -> String {
    try tokenSecret(environment).value
  }

  func tokenSecret(_ environment: [String: String]) throws(DocumentError) -> Secret {
    guard let token else {
      throw missing(
        "token", "\"env:NAME\" or \"file:/path\" with the token that Gupy's advanced settings make")
    }
    return try Secret(token, environment)
  }

  private func missing(_ key: String, _ expected: String) -> DocumentError {
    DocumentError(
      file: reader.file, path: "\(reader.path).\(key)", "is missing; expected \(expected)")
  }
}
