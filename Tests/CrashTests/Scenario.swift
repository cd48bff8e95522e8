import FoundationEssentials
import Sandbox
import Testing

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

extension Scenario {
  /// A rig with what was delivered before, and the event under test.
  func prepare(_ provider: Rig.Provider) async throws -> (Rig, GupyEvent) {
    let rig = try Rig(provider)
    let event = event
    for earlier in earlier(event) {
      _ = try await rig.deliver(earlier.body, strace: ["-e", "trace=none"])
    }
    return (rig, event)
  }

  /// The system calls of a delivery that nothing disturbs, from the first byte of the request on.
  func calls(_ provider: Rig.Provider) async throws -> [Trace.Call] {
    let (rig, event) = try await prepare(provider)
    let delivery = try await rig.deliver(event.body)
    #expect(delivery.isDone)
    return Array(delivery.trace.handling)
  }
}

/// How many of the cases say yes; four at a time.
func count<Case: Sendable>(
  _ cases: [Case], _ isTrue: @Sendable @escaping (Case) async throws -> Bool
) async throws -> Int {
  try await withThrowingTaskGroup(of: Bool.self) { group in
    var count = 0
    for (index, item) in cases.enumerated() {
      if index >= 4, try await group.next() == true { count += 1 }
      group.addTask { try await isTrue(item) }
    }
    for try await answer in group where answer { count += 1 }
    return count
  }
}
