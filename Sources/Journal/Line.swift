import Gupy
import JSON

/// One line of an application's file.
package struct Line: Sendable {
  /// When the line was written; nil where somebody else's hand has left another text than gatilho
  /// writes: `2026-03-04T18:30:13.101Z`.
  package let at: Timestamp?
  /// Gupy's id of the event that the line is about.
  package let eventId: String
  /// What it says.
  package let kind: Kind

  /// What lines say, each one thing.
  package enum Kind: Sendable {
    /// What is kept of the webhook.
    ///
    /// - Parameter isErased: whether all that names the candidate was erased from it.
    case event(WebhookEvent.Details, isErased: Bool = false)
    /// That its message is about to leave.
    case attempt(Attempt)
    /// What became of it.
    case outcome(Outcome)
    /// That somebody wants it handled, whatever became of it or may have been sent: `retry`.
    case reopened(by: String)
  }

  package init(at: Timestamp?, eventId: String, _ kind: Kind) {
    self.at = at
    self.eventId = eventId
    self.kind = kind
  }
}

extension Line {
  /// What is kept of the webhook, and whether its date was ahead of the moment of the line.
  package var event: WebhookEvent.Details? { kept?.arrived(at: at) }

  /// Whether all that names the candidate was erased from it.
  package var isErased: Bool {
    if case .event(_, let isErased) = kind { isErased } else { false }
  }

  private var kept: WebhookEvent.Details? {
    if case .event(let details, _) = kind { details } else { nil }
  }

  package var attempt: Attempt? {
    if case .attempt(let attempt) = kind { attempt } else { nil }
  }

  package var outcome: Outcome? {
    if case .outcome(let outcome) = kind { outcome } else { nil }
  }

  /// Who wants the event handled.
  package var reopenedBy: String? {
    if case .reopened(let somebody) = kind { somebody } else { nil }
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
  /// Whether the message may have been sent before.
  package var isResend = false

  package init(provider: String, template: String?, rule: String?) {
    self.provider = provider
    self.template = template
    self.rule = rule
  }
}

extension Line {
  /// Reads a line; nil when it is not what this program writes.
  init?(_ bytes: ArraySlice<UInt8>) {
    do {
      try self.init(json: JSONDocument(bytes).root)
    } catch {
      return nil
    }
  }

  private init(json: JSONNode) throws(JSONMismatch) {
    (at, eventId) = try json.place.orMismatch
    var kinds: [Kind] = []
    if let details: WebhookEvent.Details = try json.value("event") {
      kinds.append(.event(details, isErased: try json.bool("erased") == true))
    }
    if let attempt: Attempt = try json.value("attempt") { kinds.append(.attempt(attempt)) }
    if let outcome: Outcome = try json.value("outcome") { kinds.append(.outcome(outcome)) }
    if let reopened = json.present("reopened") {
      kinds.append(.reopened(by: try reopened.text("by").orMismatch))
    }
    guard kinds.count == 1 else { throw JSONMismatch() }
    kind = kinds[0]
    // What another program erases so is not to be sent.
    guard try json.bool("erased") != true || isErased else { throw JSONMismatch() }
  }

  /// When and of which event a line is that says something only another program knows; nil for what
  /// is no line of any.
  static func place(of bytes: ArraySlice<UInt8>) -> (at: Timestamp?, eventId: String)? {
    do {
      return try JSONDocument(bytes).root.place.flatMap { $0.eventId.isEmpty ? nil : $0 }
    } catch {
      return nil
    }
  }

  /// The line's bytes with the newline that ends it. Keys are sorted, absent ones left out.
  var encoded: [UInt8] { json + [UInt8(ascii: "\n")] }
}

extension WebhookEvent.Details {
  /// The same, and the problem that its date is ahead of a moment, if that is known and it is.
  func arrived(at moment: Timestamp?) -> Self { moment.map(arrived) ?? self }
}

extension JSONNode {
  /// What every line has.
  fileprivate var place: (at: Timestamp?, eventId: String)? {
    guard var at = self["at"]?.text, let eventId = self["eventId"]?.text else { return nil }
    // No other form is written, and no line grows when it is written again.
    return (at.withUTF8 { Timestamp(written: UnsafeRawBufferPointer($0)) }, eventId)
  }
}

extension Line: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("at", at?.description ?? "")
      $0.member("attempt", attempt)
      $0.member("erased", isErased ? true : nil)
      $0.member("event", kept)
      $0.member("eventId", eventId)
      $0.member("outcome", outcome)
      $0.member("reopened", reopenedBy.map { ["by": $0] })
    }
  }
}

extension Attempt: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    self.init(
      provider: try json.text("provider").orMismatch, template: try json.text("template"),
      rule: try json.text("rule"))
    isResend = try json.bool("resend") == true
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("provider", provider)
      $0.member("resend", isResend ? true : nil)
      $0.member("rule", rule)
      $0.member("template", template)
    }
  }
}
