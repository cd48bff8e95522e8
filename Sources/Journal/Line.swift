import JSON

/// One line of an application's file: an event, an attempt to deliver its message, what came of
/// it, or that it is open again. Exactly one of the four is there in what gatilho writes.
package struct Line: Sendable {
  /// When the line was written, UTC with milliseconds: `2026-03-04T18:30:13.101Z`.
  package let at: String
  /// Gupy's id of the event that the line is about.
  package let eventId: String
  /// What is kept of the webhook.
  package var kept: (any KeptEvent)?
  /// That its message is about to leave.
  package var attempt: Attempt?
  /// What became of it.
  package var outcome: Outcome?
  /// That a person wants it handled, whatever became of it.
  package var reopened: Reopened?
  /// True for an event from which all that names the candidate was erased; absent otherwise.
  package var erased: Bool?

  /// A line of one of the four kinds.
  package init(
    at: String, eventId: String,
    kept: (any KeptEvent)? = nil, attempt: Attempt? = nil, outcome: Outcome? = nil,
    reopened: Reopened? = nil, erased: Bool? = nil
  ) {
    self.at = at
    self.eventId = eventId
    self.kept = kept
    self.attempt = attempt
    self.outcome = outcome
    self.reopened = reopened
    self.erased = erased
  }
}

/// Says that a message is about to be handed to a provider: once it is on disk, the message may
/// have been sent.
package struct Attempt: Equatable, Sendable {
  /// The profile's name.
  package let provider: String
  /// The provider's template, where the profile needs one.
  package let template: String?
  /// The name of the message rule, for rules that have one.
  package let rule: String?
  /// True where the message may have been sent before; absent otherwise.
  package var resend: Bool?

  /// An attempt of these parts.
  package init(provider: String, template: String?, rule: String?) {
    self.provider = provider
    self.template = template
    self.rule = rule
  }
}

/// Says that an event is to be handled although it had an outcome, or may have been sent.
package struct Reopened: Equatable, Sendable {
  /// Who did it: `retry`.
  package let by: String

  /// Reopened by somebody.
  package init(by: String) {
    self.by = by
  }
}

extension Line {
  /// Reads a line; nil when it is not what gatilho writes, which may hide an attempt.
  ///
  /// - Parameter event: what an event is read as.
  init?(_ bytes: ArraySlice<UInt8>, keeping event: any KeptEvent.Type) {
    do {
      try self.init(json: JSONDocument(bytes).root, keeping: event)
    } catch {
      return nil
    }
    let parts = [kept != nil, attempt != nil, outcome != nil, reopened != nil]
    guard parts.count(where: \.self) == 1 else { return nil }
  }

  private init(json: JSONNode, keeping event: any KeptEvent.Type) throws(JSONMismatch) {
    self.init(
      at: try json.text("at").orMismatch, eventId: try json.text("eventId").orMismatch,
      kept: try json.present("event").map { node throws(JSONMismatch) in try event.init(json: node)
      },
      attempt: try json.value("attempt"), outcome: try json.value("outcome"),
      reopened: try json.value("reopened"), erased: try json.bool("erased"))
  }

  /// The line's bytes with the newline that ends it. Keys are sorted, absent ones left out.
  var encoded: [UInt8] { json + [UInt8(ascii: "\n")] }
}

extension Line: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("at", at)
      $0.member("attempt", attempt)
      $0.member("erased", erased)
      if let kept { $0.member("event", kept) }
      $0.member("eventId", eventId)
      $0.member("outcome", outcome)
      $0.member("reopened", reopened)
    }
  }
}

extension Attempt: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    self.init(
      provider: try json.text("provider").orMismatch, template: try json.text("template"),
      rule: try json.text("rule"))
    resend = try json.bool("resend")
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("provider", provider)
      $0.member("resend", resend)
      $0.member("rule", rule)
      $0.member("template", template)
    }
  }
}

extension Reopened: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    by = try json.text("by").orMismatch
  }

  package func write(to json: inout JSONWriter) {
    json.object { $0.member("by", by) }
  }
}
