import Configuration
import Gupy
import HTTPClient
import Handler
import JSON
import Journal
import Messaging

/// What would become of one webhook whose application has no history: the pure steps made visible.
/// Nothing is kept, and nothing is sent until `send`.
package struct Trial {
  /// The event as it was decoded.
  package let event: WebhookEvent
  private let configuration: Configuration

  /// Decodes a body as a webhook's.
  ///
  /// - Parameters:
  ///   - recipient: gets the message instead of the candidate, whoever else may.
  /// - Throws: why it is no event.
  package init(
    _ body: [UInt8], by configuration: Configuration, to recipient: PhoneNumber? = nil
  ) throws(PayloadError) {
    var configuration = configuration
    switch try WebhookPayload(json: body).validated() {
    case .event(let event):
      guard let recipient else {
        self.event = event
        break
      }
      configuration.recipients = .list([recipient])
      // An id of its own, so that no provider takes the real message for a repetition of this one.
      self.event = WebhookEvent(
        id: "try-\(UInt64.random(in: 0 ... .max))",
        details: event.details.addressed(to: recipient))
    case .notSubscribed(_, let type):
      throw .notAnEvent(
        path: "event", expected: "application.created or application.moved, found \(type)")
    }
    self.configuration = configuration
  }

  /// All stored fields by path, in the order of the paths; absent ones are left out.
  package var fields: [(path: String, value: String)] {
    EventPath.allCases.compactMap { path in
      event.value(at: path).map { (path.rawValue, $0) }
    }
  }

  /// Each rule up to the one that matches, and why it is not for the event.
  package var rules: [(rule: String, mismatch: String?)] {
    let rules = configuration.rules
    let end = rules.firstIndex { $0.matches(event) }.map { $0 + 1 } ?? rules.endIndex
    return rules[..<end].map { ($0.summary, $0.mismatch(event)) }
  }

  /// What would be done, in words.
  package var decision: String { decide.words }

  /// The requests that would be made, whoever may get messages; secrets are hidden.
  package var requests: [HTTPRequest] {
    guard let rule = configuration.rules.first(where: { $0.matches(event) }),
      let recipient = event.details.recipient
    else { return [] }
    do throws(MissingValues) {
      return try configuration.provider.preview(Message(event, to: recipient, by: rule))
    } catch {
      return []
    }
  }

  /// Sends the message; nil when the decision is to send none.
  ///
  /// - Parameter observe: is shown each answer as it came.
  package func send(observe: (HTTPResponse) -> Void) -> Delivery? {
    guard case .deliver(let pending, _) = decide else { return nil }
    return configuration.provider.deliver(pending, with: HTTPClient(), observe: observe)
  }

  private var decide: Policy.Decision {
    Policy(configuration: configuration, now: .now).decide(event, history: .empty)
  }
}
