import Configuration
import FastCGI
import JSON
import Journal
import Messaging

/// Why a request was not taken, for whoever reads the answer.
package enum Refusal {
  case notPost
  case unauthorized
  case noLength
  case tooLarge(limit: Int)
  case truncated
  case empty
  case unknownEndpoint(String)
  case badConfiguration(DocumentError)
  case journal(JournalError)
}

extension Refusal {
  /// The word in `Gatilho-Outcome` and in the log.
  var name: String {
    switch self {
    case .notPost: "notPost"
    case .unauthorized: "unauthorized"
    case .noLength: "noLength"
    case .tooLarge: "tooLarge"
    case .truncated: "truncated"
    case .empty: "empty"
    case .unknownEndpoint: "unknownEndpoint"
    case .badConfiguration: "badConfiguration"
    case .journal(.busy): "busy"
    case .journal(.failed), .journal(.full): "journalFailed"
    }
  }

  var status: Status {
    switch self {
    case .notPost: .methodNotAllowed
    case .unauthorized: .unauthorized
    case .noLength: .lengthRequired
    case .tooLarge: .contentTooLarge
    case .truncated, .empty: .badRequest
    case .unknownEndpoint: .notFound
    case .badConfiguration: .internalServerError
    case .journal: .serviceUnavailable
    }
  }

  /// What to do about it, without anything of the request or of this machine's paths.
  private var detail: String {
    switch self {
    case .notPost: "Send the webhook by POST."
    case .unauthorized:
      "Send one of the configured secrets in Authorization, bare or as Bearer. At Gupy it stands in the webhook's clientHeaders."
    case .noLength: "Send Content-Length."
    case .tooLarge(let limit): "The body may have \(limit) bytes."
    case .truncated: "The body ended before Content-Length: send it again."
    case .empty: "The body is empty."
    case .unknownEndpoint(let name):
      "GATILHO_ENDPOINT is \"\(name)\": leave it out, or set it to webhook."
    case .badConfiguration:
      Configurations.brokenWords
    case .journal(.busy): "Another delivery for this application is under way: send it again."
    case .journal(.failed), .journal(.full):
      "What was sent could not be kept: the handler's log says why. Send it again."
    }
  }

  /// What it is answered with.
  var problem: Problem {
    Problem(status, detail)
  }

  /// Whether an operator of gatilho, not the sender, has something to mend.
  var isOurFault: Bool {
    switch self {
    case .unknownEndpoint, .badConfiguration, .journal(.failed), .journal(.full): true
    case .notPost, .unauthorized, .noLength, .tooLarge, .truncated, .empty, .journal(.busy): false
    }
  }

  /// For the log: the file, path or system call that failed.
  var cause: String {
    switch self {
    case .badConfiguration(let error): error.description
    case .journal(let error): error.description
    case .notPost, .unauthorized, .noLength, .tooLarge, .truncated, .empty, .unknownEndpoint:
      detail
    }
  }

  var headers: [(name: String, value: String)] {
    switch self {
    case .notPost: [(name: "Allow", value: "POST")]
    case .unauthorized: [(name: "WWW-Authenticate", value: "Bearer")]
    case .badConfiguration, .journal: [(name: "Retry-After", value: String(Answer.retryAfter))]
    case .noLength, .tooLarge, .truncated, .empty, .unknownEndpoint: []
    }
  }
}
