import FastCGI

/// Whether a request carries one of the secrets that Gupy was told to send.
enum Authentication {
  /// The bare secret and `Bearer <secret>` are both accepted. Takes the same time whichever byte
  /// is wrong, and whichever secret is right.
  static func accepts(_ request: Request, secrets: [String]) -> Bool {
    let given = Array((request.header("Authorization") ?? "").utf8)[...]
    let bearer = given.starts(with: "Bearer ".utf8) ? given.dropFirst(7) : given
    var isRight = false
    for secret in secrets {
      let expected = Array(secret.utf8)
      let (isBare, isBearer) = (equal(given, expected), equal(bearer, expected))
      isRight = isRight || isBare || isBearer
    }
    return isRight
  }

  private static func equal(_ given: ArraySlice<UInt8>, _ expected: [UInt8]) -> Bool {
    guard given.count == expected.count else { return false }
    return zip(given, expected).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
