import Gupy

/// The event in a body of Gupy's; a body without one fails the test.
package func validated(_ body: [UInt8]) throws -> WebhookEvent {
  let webhook = try WebhookPayload(json: body).validated()
  guard case .event(let event) = webhook else {
    throw NoEvent(webhook: "\(webhook)")
  }
  return event
}

/// What a body is in place of an event.
private struct NoEvent: Error { let webhook: String }
