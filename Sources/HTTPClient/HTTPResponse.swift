/// An answer. It counts from the moment its status stands: a body that is cut, reset, silent, too
/// large or not to be decoded is absent, and takes nothing from the status.
package struct HTTPResponse: Equatable, Sendable {
  /// Whatever the provider answered; nothing is followed or repeated.
  package let status: Int
  /// The `Retry-After` header as sent: seconds or a date (RFC 9110 §10.2.3).
  package let retryAfter: String?
  /// The `Date` header as sent: when the provider says that it answered.
  package let date: String?
  /// Decoded: what `Content-Encoding` packed is unpacked. Empty where it is absent.
  package let body: [UInt8]
  /// Why the body is absent though more was to come, in the library's words; nil for a whole one.
  package let bodyFailure: String?

  /// An answer of these parts.
  package init(
    status: Int, retryAfter: String? = nil, date: String? = nil, body: [UInt8] = [],
    bodyFailure: String? = nil
  ) {
    self.status = status
    self.retryAfter = retryAfter
    self.date = date
    self.body = body
    self.bodyFailure = bodyFailure
  }
}

/// Why there is no answer, not even a status. `reason` is the library's own words for the kind of failure and
/// holds nothing of the request.
package enum HTTPError: Error, Equatable, Sendable {
  /// Not a byte of the body was asked for: the provider certainly did nothing.
  case notSent(reason: String)
  /// The body was on its way: whether the provider acted, nobody knows.
  case noAnswer(reason: String)
}
