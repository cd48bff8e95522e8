import FoundationEssentials
import Journal
import Messaging
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

  /// In which rows of the journal's table of states a kill may leave the event.
  var statesAfterAKill: Set<String> {
    switch self {
    case .newEvent, .secondEvent, .firstOfFolder: ["nothing", "attempt", "finished"]
    case .duplicate: ["finished"]
    case .unavailableThenAccepted: ["unavailable", "attempt", "finished"]
    case .ignored: ["nothing", "finished"]
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

extension Scenario {
  /// Delivers the event while something is done to one system call, and repeats it undisturbed.
  func disturb(
    _ provider: Rig.Provider, _ call: Trace.Call, _ effect: String
  ) async throws -> (delivery: Rig.Delivery, tally: Tally) {
    let (rig, event) = try await prepare(provider)
    let sendsBefore = self == .unavailableThenAccepted ? rig.sends(event) : 0
    let inject = "inject=\(call.name):\(effect):when=\(call.number)"
    let delivery = try await rig.deliver(
      event.body, strace: ["-e", "trace=\(call.name)", "-e", inject])
    let left = try rig.entry(event)
    let isKept = !delivery.isDone || left != nil
    let isFinal = try await rig.isFinalAfterRepeat(event)
    let tally = Tally(
      cases: 1, lost: isKept && isFinal ? 0 : 1,
      sentTwice: rig.sends(event) - sendsBefore > 1 ? 1 : 0,
      states: [left.map(\.row) ?? "nothing": 1])
    #expect(tally.isClean, "\(rawValue): \(call.name) #\(call.number) \(effect)")
    return (delivery, tally)
  }
}

extension Entry {
  /// The row of the journal's table of states that the entry is in.
  fileprivate var row: String {
    [.received: "event", .unconfirmed: "attempt", .unavailable: "unavailable"][standing]
      ?? "finished"
  }
}

/// What became of a number of cases.
struct Tally: Sendable, CustomStringConvertible {
  var cases = 0
  /// The cases in which what was done was felt: killed, or refused.
  var felt = 0
  /// Answered 200 and not on disk, or not final after a repeat.
  var lost = 0
  var sentTwice = 0
  /// What was on disk of the event afterwards, as rows of the journal's table of states.
  var states: [String: Int] = [:]

  var isClean: Bool { lost == 0 && sentTwice == 0 }
  var description: String { "\(cases) cases, \(felt) felt, lost \(lost), sent twice \(sentTwice)" }

  /// The sum over all items, four at a time.
  static func sum<Item: Sendable>(
    _ items: [Item], _ tally: @Sendable @escaping (Item) async throws -> Tally
  ) async throws -> Tally {
    try await withThrowingTaskGroup(of: Tally.self) { group in
      var sum = Tally()
      for (index, item) in items.enumerated() {
        if index >= 4, let next = try await group.next() { sum.add(next) }
        group.addTask { try await tally(item) }
      }
      for try await next in group { sum.add(next) }
      return sum
    }
  }

  private mutating func add(_ other: Tally) {
    cases += other.cases
    felt += other.felt
    lost += other.lost
    sentTwice += other.sentTwice
    states.merge(other.states) { $0 + $1 }
  }
}
