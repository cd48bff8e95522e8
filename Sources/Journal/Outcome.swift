import JSON

/// What became of an event, as the journal keeps it.
package struct Outcome: Equatable, Sendable {
  /// What became of the event, in one word.
  package let status: Status
  /// Why, for statuses that have several causes.
  package var reason: String?
  /// What stood in the way of a message.
  package var problems: [Problem]?
  /// The provider's name for the message it accepted.
  package var messageId: String?
  /// The provider's HTTP status, when there was an answer.
  package var httpStatus: Int?

  /// An outcome of these parts.
  package init(
    _ status: Status, reason: String? = nil, problems: [Problem]? = nil,
    messageId: String? = nil, httpStatus: Int? = nil
  ) {
    self.status = status
    self.reason = reason
    self.problems = problems
    self.messageId = messageId
    self.httpStatus = httpStatus
  }

  /// What is kept of it once the candidate's data are erased: not the provider's name for the message,
  /// nor its words, which may quote it.
  package var erased: Outcome {
    Outcome(
      status, reason: httpStatus == nil ? reason : nil, problems: problems, httpStatus: httpStatus)
  }

  /// What lists and figures say of an erased event with this outcome: there is nothing left to do.
  package var afterErasure: Outcome {
    [.accepted, .ignored].contains(status) ? self : .dataErased
  }

  /// No message is due any more: what names the candidate was erased.
  package static let dataErased = Outcome(.ignored, reason: "erased")

  /// A person has settled the event by other means, and nothing was sent.
  package static let closed = Outcome(.accepted, reason: "marked")

  /// Whether a person has settled the event by other means.
  package var isClosed: Bool { self == .closed }

  /// The closed set of what can become of an event.
  package enum Status: String, JSONConvertible, Sendable {
    /// The provider took the message. Arrival on the phone is another matter.
    case accepted
    /// No message is due; `reason` says why.
    case ignored
    /// A message is due and cannot be made; `problems` say why.
    case undeliverable
    /// The provider refuses this message for good.
    case rejected
    /// Certainly not sent: try again.
    case unavailable
    /// May have been sent: there is no readable answer.
    case unconfirmed
  }

  /// A field that stood in the way, without its value.
  package struct Problem: Equatable, Sendable {
    /// The event's path, or a placeholder's name.
    package let path: String
    /// What is wrong there, in one word.
    package let problem: String

    /// A problem of these parts.
    package init(path: String, problem: String) {
      self.path = path
      self.problem = problem
    }
  }
}

extension Outcome: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    self.init(
      try json.value("status").orMismatch, reason: try json.text("reason"),
      problems: try json.value("problems"), messageId: try json.text("messageId"),
      httpStatus: try json.integer("httpStatus"))
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("httpStatus", httpStatus)
      $0.member("messageId", messageId)
      $0.member("problems", problems)
      $0.member("reason", reason)
      $0.member("status", status.rawValue)
    }
  }
}

extension Outcome.Problem: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    path = try json.text("path").orMismatch
    problem = try json.text("problem").orMismatch
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("path", path)
      $0.member("problem", problem)
    }
  }
}
