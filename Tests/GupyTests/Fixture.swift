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

  /// Details with nothing but these values.
  static func details(_ values: [EventPath: String]) throws -> WebhookEvent.Details {
    WebhookEvent.Details(
      type: .applicationMoved, date: Timestamp(milliseconds: 0),
      application: try #require(ApplicationID("1")), values)
  }
}

extension WebhookEvent.Details {
  /// What is kept of the values whose paths begin with this name.
  func values(of object: String) -> [EventPath: String] {
    let paths = EventPath.allCases.filter {
      $0.rawValue.hasPrefix(object + ".") && $0 != .candidateFullName
    }
    return Dictionary(uniqueKeysWithValues: paths.map { ($0, self[$0]) }).compactMapValues(\.self)
  }
}
