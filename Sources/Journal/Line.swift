import FoundationEssentials

/// One line of an application's file: an event, an attempt to deliver its message, or what came
/// of it. Exactly one of `event`, `attempt` and `outcome` is there in what gatilho writes.
package struct Line<Event: Codable & Sendable>: Codable, Sendable {
  /// When the line was written, UTC with milliseconds: `2026-03-04T18:30:13.101Z`.
  package let at: String
  package let eventId: String
  package var event: Event?
  package var attempt: Attempt?
  package var outcome: Outcome?

  package init(
    at: String, eventId: String,
    event: Event? = nil, attempt: Attempt? = nil, outcome: Outcome? = nil
  ) {
    self.at = at
    self.eventId = eventId
    self.event = event
    self.attempt = attempt
    self.outcome = outcome
  }
}

/// Says that a message is about to be handed to a provider: once it is on disk, the message may
/// have been sent.
package struct Attempt: Codable, Equatable, Sendable {
  package let provider: String
  package let template: String?
  /// The name of the message rule, for rules that have one.
  package let rule: String?

  package init(provider: String, template: String?, rule: String?) {
    self.provider = provider
    self.template = template
    self.rule = rule
  }
}

extension Line {
  /// The line's bytes with the newline that ends it. Keys are sorted, absent ones left out.
  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try [UInt8](encoder.encode(self)) + [UInt8(ascii: "\n")]
  }
}
