import FastCGI

/// Whether a request carries one of the secrets that Gupy was told to send.
enum Authentication {
  /// The bare secret and `Bearer <secret>` are both accepted. Takes the same time whichever byte
  /// is wrong, and whichever secret is right.
  static func accepts(_ request: Request, secrets: [String]) -> Bool {
    let given = Array((request.header("Authorization") ?? "").utf8)
    var isRight = false
    for secret in secrets {
      for expected in [Array(secret.utf8), Array("Bearer \(secret)".utf8)] {
        let isEqual = equal(given, expected)
        isRight = isRight || isEqual
      }
    }
    return isRight
  }

  private static func equal(_ given: [UInt8], _ expected: [UInt8]) -> Bool {
    var difference = given.count ^ expected.count
    for index in expected.indices {
      difference |= Int(expected[index] ^ (given.isEmpty ? 0 : given[index % given.count]))
    }
    return difference == 0
  }
}
