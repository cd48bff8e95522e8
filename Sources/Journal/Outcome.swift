import JSON

/// What became of an event, as the journal keeps it: a closed set, each with its evidence.
package enum Outcome: Equatable, Sendable {
  /// The provider took the message. Arrival on the phone is another matter.
  case accepted(Evidence)
  /// No message is due.
  case ignored(IgnoreReason)
  /// No message is due, for a reason that only another program knows, or none.
  case ignoredOtherwise(String?)
  /// A message is due and cannot be made.
  case undeliverable([Problem])
  /// The provider refuses this message for good.
  case rejected(Evidence)
  /// Certainly not sent: try again.
  case unavailable(Evidence)
  /// May have been sent: there is no readable answer.
  case unconfirmed(Evidence)

  /// What shows it: the provider's answer, or why there is none.
  package struct Evidence: Equatable, Sendable {
    /// The provider's code, the network's words, or gatilho's own.
    package var reason: String?
    /// The provider's name for the message.
    package var messageId: String?
    /// The provider's HTTP status, when there was an answer.
    package var httpStatus: Int?

    package init(reason: String? = nil, messageId: String? = nil, httpStatus: Int? = nil) {
      self.reason = reason
      self.messageId = messageId
      self.httpStatus = httpStatus
    }
  }

  /// A field that stood in the way, without its value.
  package struct Problem: Equatable, Sendable {
    /// The event's path, or a placeholder's name.
    package let path: String
    /// What is wrong there, in one word.
    package let problem: String

    package init(path: String, problem: String) {
      self.path = path
      self.problem = problem
    }
  }

  /// An outcome in one word.
  package enum Status: String, JSONConvertible, Sendable {
    case accepted, ignored, undeliverable, rejected, unavailable, unconfirmed
  }

  /// An outcome of these parts, as far as one of this status has them.
  package init(
    _ status: Status, reason: String? = nil, problems: [Problem]? = nil,
    messageId: String? = nil, httpStatus: Int? = nil
  ) {
    let evidence = Evidence(reason: reason, messageId: messageId, httpStatus: httpStatus)
    switch status {
    case .accepted: self = .accepted(evidence)
    case .ignored:
      let known = reason.flatMap(IgnoreReason.init)
      self = known.map(Outcome.ignored) ?? .ignoredOtherwise(reason)
    case .undeliverable: self = .undeliverable(problems ?? [])
    case .rejected: self = .rejected(evidence)
    case .unavailable: self = .unavailable(evidence)
    case .unconfirmed: self = .unconfirmed(evidence)
    }
  }
}

extension Outcome {
  package var status: Status {
    switch self {
    case .accepted: .accepted
    case .ignored, .ignoredOtherwise: .ignored
    case .undeliverable: .undeliverable
    case .rejected: .rejected
    case .unavailable: .unavailable
    case .unconfirmed: .unconfirmed
    }
  }

  /// What the provider, or whoever stood in its way, said; nil where nobody was asked.
  package var evidence: Evidence? {
    switch self {
    case .accepted(let evidence), .rejected(let evidence), .unavailable(let evidence),
      .unconfirmed(let evidence):
      evidence
    case .ignored, .ignoredOtherwise, .undeliverable: nil
    }
  }

  /// Why, for statuses that have several causes.
  package var reason: String? {
    switch self {
    case .ignored(let reason): reason.rawValue
    case .ignoredOtherwise(let reason): reason
    case .accepted, .undeliverable, .rejected, .unavailable, .unconfirmed: evidence?.reason
    }
  }

  /// What stood in the way of a message.
  package var problems: [Problem]? {
    if case .undeliverable(let problems) = self, !problems.isEmpty { problems } else { nil }
  }

  package var messageId: String? { evidence?.messageId }
  package var httpStatus: Int? { evidence?.httpStatus }

  /// The same with other words of the provider's: `change` is told those of an answer that came.
  package func mapAnswer(_ change: (Evidence) -> Evidence) -> Outcome {
    guard let evidence, evidence.httpStatus != nil else { return self }
    let new = change(evidence)
    return Outcome(
      status, reason: new.reason, messageId: new.messageId, httpStatus: new.httpStatus)
  }

  /// What is kept of it once the candidate's data are erased: not the provider's name for the message,
  /// nor its words, which may quote it.
  package var erased: Outcome {
    Outcome(
      status, reason: httpStatus == nil ? reason : nil, problems: problems, httpStatus: httpStatus)
  }

  /// What lists and figures say of an erased event with this outcome: there is nothing left to do.
  package var afterErasure: Outcome {
    switch self {
    case .accepted, .ignored, .ignoredOtherwise: self
    case .undeliverable, .rejected, .unavailable, .unconfirmed: .ignored(.erased)
    }
  }

  /// A person has settled the event by other means, and nothing was sent.
  package static let closed = Outcome.accepted(Evidence(reason: "marked"))
}

/// Why no message is due.
package enum IgnoreReason: String, Sendable {
  /// The candidate's data were erased: nobody is left to write to.
  case erased
  /// The step is one that candidates are not told of.
  case exceptedStep
  /// No message rule is for this event.
  case noRule
  /// The same event under another id, or a rule with `once` that was used.
  case repeated
  /// Older than the newest move of the application.
  case superseded
  /// Older than `staleAfter`.
  case stale
  /// Not among `recipients`.
  case notARecipient
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
