import FastCGI
import Testing

@testable import Handler

/// What `Authorization` may carry.
@Suite struct AuthenticationTests {
  private func look(_ header: String?) -> Authentication {
    let parameters = header.map { ["HTTP_AUTHORIZATION": $0] } ?? [:]
    return Authentication(
      Request(method: "POST", parameters: Parameters(parameters), body: .complete([])),
      secrets: ["s3gredo", "Bearer outro"])
  }

  @Test(arguments: [
    "s3gredo", "Bearer s3gredo", "bearer s3gredo", "BEARER s3gredo", "Bearer  s3gredo",
    "bEaReR     s3gredo", "Bearer outro", "Bearer Bearer outro",
  ])
  func `a secret is taken bare and behind the scheme, in any case and with any spaces`(
    _ header: String
  ) {
    #expect(look(header) == .accepted)
  }

  @Test(arguments: [
    "s3gred", "s3gredo ", "s3gredos", "S3GREDO", "Bearer", "Bearer ", "Bearers3gredo",
    "Basic s3gredo",
    "outro", "Bearer\ts3gredo", " ", "\u{FEFF}s3gredo",
  ])
  func `anything else is another secret`(_ header: String) {
    #expect(look(header) == .wrongSecret)
  }

  @Test(arguments: [nil, ""])
  func `nothing is none`(_ header: String?) {
    #expect(look(header) == .noSecret)
  }
}
