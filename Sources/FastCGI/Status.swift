/// An HTTP status: a number and its reason phrase (RFC 9110 §15).
package struct Status: Hashable, Sendable {
  /// The number, of three digits.
  package let code: Int

  /// The words after the number, for people.
  package let reason: String

  /// A status that has no name here.
  package init(code: Int, reason: String) {
    self.code = code
    self.reason = reason
  }
}

extension Status {
  /// 200 (RFC 9110 §15.3.1).
  package static let ok = Status(code: 200, reason: "OK")

  /// 400 (RFC 9110 §15.5.1).
  package static let badRequest = Status(code: 400, reason: "Bad Request")

  /// 401 (RFC 9110 §15.5.2).
  package static let unauthorized = Status(code: 401, reason: "Unauthorized")

  /// 404 (RFC 9110 §15.5.5).
  package static let notFound = Status(code: 404, reason: "Not Found")

  /// 405 (RFC 9110 §15.5.6).
  package static let methodNotAllowed = Status(code: 405, reason: "Method Not Allowed")

  /// 411 (RFC 9110 §15.5.12).
  package static let lengthRequired = Status(code: 411, reason: "Length Required")

  /// 413 (RFC 9110 §15.5.14).
  package static let contentTooLarge = Status(code: 413, reason: "Content Too Large")

  /// 500 (RFC 9110 §15.6.1).
  package static let internalServerError = Status(code: 500, reason: "Internal Server Error")

  /// 503 (RFC 9110 §15.6.4).
  package static let serviceUnavailable = Status(code: 503, reason: "Service Unavailable")
}
