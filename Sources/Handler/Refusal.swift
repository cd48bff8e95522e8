import Configuration
import FastCGI
import JSON
import Journal

/// Why a request was not taken, for whoever reads the answer.
package struct Refusal: Sendable {
  /// The word in `Gatilho-Outcome` and in the log.
  let name: String
  let status: Status
  /// What to do about it, without anything of the request or of this machine's paths.
  let detail: String
  /// For the log: the file, path or system call that failed.
  var cause: String
  /// Whether an operator of gatilho, not the sender, has something to mend.
  var isOurFault = false
  var headers: [(name: String, value: String)] = []

  private init(_ name: String, _ status: Status, _ detail: String) {
    (self.name, self.status, self.detail) = (name, status, detail)
    cause = detail
  }

  private init(
    _ name: String, _ status: Status, _ detail: String, header: String, _ value: String
  ) {
    self.init(name, status, detail)
    headers = [(name: header, value: value)]
  }

  static let notPost = Refusal(
    "notPost", .methodNotAllowed, "Send the webhook by POST.", header: "Allow", "POST")
  static let unauthorized = Refusal(
    "unauthorized", .unauthorized,
    "Send one of the configured secrets in Authorization, bare or as Bearer. At Gupy it stands in the webhook's clientHeaders.",
    header: "WWW-Authenticate", "Bearer")
  static let noLength = Refusal("noLength", .lengthRequired, "Send Content-Length.")
  static let truncated = Refusal(
    "truncated", .badRequest, "The body ended before Content-Length: send it again.")
  static let empty = Refusal("empty", .badRequest, "The body is empty.")

  static func tooLarge(limit: Int) -> Refusal {
    Refusal("tooLarge", .contentTooLarge, "The body may have \(limit) bytes.")
  }

  static func unknownEndpoint(_ name: String) -> Refusal {
    var refusal = Refusal(
      "unknownEndpoint", .notFound,
      "GATILHO_ENDPOINT is \"\(name)\": leave it out, or set it to webhook.")
    refusal.isOurFault = true
    return refusal
  }

  static func badConfiguration(_ error: DocumentError) -> Refusal {
    again("badConfiguration", .internalServerError, Configurations.brokenWords, error.description)
  }

  static func journal(_ error: JournalError) -> Refusal {
    switch error {
    case .busy:
      var refusal = again(
        "busy", .serviceUnavailable,
        "Another delivery for this application is under way: send it again.", error.description)
      refusal.isOurFault = false
      return refusal
    case .failed, .full:
      return again(
        "journalFailed", .serviceUnavailable,
        "What was sent could not be kept: the handler's log says why. Send it again.",
        error.description)
    }
  }

  private static func again(
    _ name: String, _ status: Status, _ detail: String, _ cause: String
  ) -> Refusal {
    var refusal = Refusal(
      name, status, detail, header: "Retry-After", String(Answer.retryAfter))
    (refusal.cause, refusal.isOurFault) = (cause, true)
    return refusal
  }
}
