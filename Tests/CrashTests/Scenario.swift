import FoundationEssentials
import Sandbox

/// One event on a state folder that other deliveries have prepared.
enum Scenario: String, CaseIterable, Sendable {
  case newEvent = "new event"
  case duplicate = "duplicate"
  case secondEvent = "second event of an application"
  case firstOfFolder = "first event of a new folder"
  case unavailableThenAccepted = "unavailable, then accepted"
  case ignored = "ignored"

  /// The event under test; its id is its own in every case.
  var event: GupyEvent {
    var event = Self.move(612_000_101)
    event.id = UUID().uuidString.lowercased()
    switch self {
    case .ignored: event.step = "Contratação"
    case .unavailableThenAccepted: event.job = "busy first"
    case .newEvent, .duplicate, .secondEvent, .firstOfFolder: break
    }
    return event
  }

  /// What is delivered before, and must be on disk.
  func earlier(_ event: GupyEvent) -> [GupyEvent] {
    switch self {
    case .newEvent, .ignored: [Self.move(612_001_101)]
    case .duplicate, .unavailableThenAccepted: [event]
    case .secondEvent: [Self.move(event.application, minute: 1)]
    case .firstOfFolder: []
    }
  }

  private static func move(_ application: Int64, minute: Int = 30) -> GupyEvent {
    GupyEvent(application: application, date: "2026-03-04T18:\(minute + 10):00.000Z")
  }
}
