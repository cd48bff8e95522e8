import Testing

@testable import FastCGI

struct StatusTests {
  @Test(arguments: [
    (Status.ok, 200), (.badRequest, 400), (.unauthorized, 401), (.notFound, 404),
    (.methodNotAllowed, 405), (.lengthRequired, 411), (.contentTooLarge, 413),
    (.internalServerError, 500), (.serviceUnavailable, 503),
  ])
  func `a status has its number`(status: Status, code: Int) {
    #expect(status.code == code)
  }
}
