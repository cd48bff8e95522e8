/// An HTTP status: a number and its reason phrase (RFC 9110 §15).
package struct Status: Hashable, Sendable {
  package let code: Int
  /// The words after the number, for people.
  package let reason: String

  package init(code: Int, reason: String) {
    self.code = code
    self.reason = reason
  }

  package static let ok = Status(code: 200, reason: "OK")
  package static let badRequest = Status(code: 400, reason: "Bad Request")
  package static let unauthorized = Status(code: 401, reason: "Unauthorized")
  package static let notFound = Status(code: 404, reason: "Not Found")
  package static let methodNotAllowed = Status(code: 405, reason: "Method Not Allowed")
  package static let lengthRequired = Status(code: 411, reason: "Length Required")
  package static let contentTooLarge = Status(code: 413, reason: "Content Too Large")
  package static let internalServerError = Status(code: 500, reason: "Internal Server Error")
  package static let serviceUnavailable = Status(code: 503, reason: "Service Unavailable")
}
