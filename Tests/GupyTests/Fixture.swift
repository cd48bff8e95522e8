import FoundationEssentials
import Gupy
import Testing

/// A sample body of `Tests/Fixtures/gupy`, and what is made of it.
enum Fixture {
  static func body(_ name: String) throws -> [UInt8] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return Array(try Data(contentsOf: tests.appending(path: "Fixtures/gupy/\(name).json")))
  }

  static func webhook(_ name: String) throws -> Webhook {
    try WebhookPayload(json: try body(name)).validated()
  }

  static func details(_ name: String) throws -> WebhookEvent.Details {
    try details(of: try webhook(name))
  }

  /// The details of a moved event whose body has `data` and, behind it, `more` fields.
  static func details(data: String, more: String = "") throws -> WebhookEvent.Details {
    let json =
      #"{"id":"e","event":"application.moved","date":"2026-03-04T18:30:12Z","data":\#(data)\#(more)}"#
    return try details(of: try WebhookPayload(json: Array(json.utf8)).validated())
  }

  private static func details(of webhook: Webhook) throws -> WebhookEvent.Details {
    guard case .event(let event) = webhook else { throw NoEvent(webhook: webhook) }
    return event.details
  }

  struct NoEvent: Error {
    let webhook: Webhook
  }
}
