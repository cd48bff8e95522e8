import FastCGI

/// Whether a request carries one of the secrets that Gupy was told to send.
enum Authentication: Equatable {
  /// It carries one.
  case accepted
  /// It carries another: whoever sent it means to be Gupy.
  case wrongSecret
  /// It carries nothing: some stranger.
  case noSecret

  /// The bare secret and `Bearer <secret>` are both accepted; the scheme in any case, and with one space
  /// or more behind it (RFC 9110 §11.1, §11.4). Takes the same time whichever byte is wrong, and
  /// whichever secret is right.
  init(_ request: Request, secrets: [String]) {
    let given = Array((request.header("Authorization") ?? "").utf8)
    let token = Self.token(given)
    var isRight = false
    for secret in secrets {
      for candidate in [given, token] {
        let isEqual = Self.equal(candidate, Array(secret.utf8))
        isRight = isRight || isEqual
      }
    }
    self = isRight ? .accepted : given.isEmpty ? .noSecret : .wrongSecret
  }

  /// What stands behind the scheme `Bearer`; all of it without one.
  private static func token(_ given: [UInt8]) -> [UInt8] {
    let (scheme, space) = (Array("bearer".utf8), UInt8(ascii: " "))
    guard given.count > scheme.count, given[scheme.count] == space,
      given.prefix(scheme.count).map({ $0 | 0x20 }) == scheme
    else { return given }
    return Array(given.dropFirst(scheme.count).drop { $0 == space })
  }

  private static func equal(_ given: [UInt8], _ expected: [UInt8]) -> Bool {
    var difference = given.count ^ expected.count
    for index in expected.indices {
      difference |= Int(expected[index] ^ (given.isEmpty ? 0 : given[index % given.count]))
    }
    return difference == 0
  }
}
