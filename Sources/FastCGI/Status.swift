/// An HTTP status (RFC 9110 §15). All that gatilho answers stand here.
package struct Status: Hashable, Sendable {
  package let code: Int

  package init(code: Int) {
    self.code = code
  }

  package static let ok = Status(code: 200)
  package static let badRequest = Status(code: 400)
  package static let unauthorized = Status(code: 401)
  package static let notFound = Status(code: 404)
  package static let methodNotAllowed = Status(code: 405)
  package static let lengthRequired = Status(code: 411)
  package static let contentTooLarge = Status(code: 413)
  package static let internalServerError = Status(code: 500)
  package static let serviceUnavailable = Status(code: 503)

  private static let reasons: [Status: String] = [
    .ok: "OK", .badRequest: "Bad Request", .unauthorized: "Unauthorized",
    .notFound: "Not Found", .methodNotAllowed: "Method Not Allowed",
    .lengthRequired: "Length Required", .contentTooLarge: "Content Too Large",
    .internalServerError: "Internal Server Error", .serviceUnavailable: "Service Unavailable",
  ]

  /// The phrase for people; the code itself where the list has none.
  package var reason: String { Self.reasons[self] ?? String(code) }
}
