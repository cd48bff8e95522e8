import Sandbox
import Subprocess
import TestSupport
import Testing

/// One delivery is killed at every system call that it makes, from the first byte of the request to
/// its end.
@Suite(.serialized) struct CrashMatrixTests {
  @Test(arguments: Scenario.allCases)
  func `a kill at any system call loses nothing and sends nothing twice`(
    _ scenario: Scenario
  ) async throws {
    let provider = Rig.Provider()
    let calls = try await Array(prepared(scenario, provider).trace.handling)
    #expect(calls.count > 20)
    let kills = try await withThrowingTaskGroup(of: Bool.self) { group in
      var kills = 0
      for (index, call) in calls.enumerated() {
        if index >= 4 { kills += try await group.next() == true ? 1 : 0 }
        group.addTask { try await self.isKilled(scenario, provider, at: call) }
      }
      return try await group.reduce(kills) { $0 + ($1 ? 1 : 0) }
    }
    print("\(scenario.rawValue): \(calls.count) cases run, \(kills) killed, lost 0, sent twice 0")
    #expect(kills > calls.count * 3 / 4)
  }

  /// The whole trace of a delivery that nobody kills.
  private func prepared(_ scenario: Scenario, _ provider: Rig.Provider) async throws -> Rig.Delivery
  {
    let (rig, event) = try await rig(scenario, provider)
    let delivery = try await rig.deliver(event.body)
    #expect(delivery.isDone)
    return delivery
  }

  private func rig(
    _ scenario: Scenario, _ provider: Rig.Provider
  ) async throws -> (Rig, GupyEvent) {
    let rig = try Rig(provider)
    let event = scenario.event
    for earlier in scenario.earlier(event) {
      _ = try await rig.deliver(earlier.body, strace: ["-e", "trace=none"])
    }
    return (rig, event)
  }

  /// Kills the delivery at the call, repeats it, and checks the promise; whether it was killed.
  private func isKilled(
    _ scenario: Scenario, _ provider: Rig.Provider, at call: Trace.Call
  ) async throws -> Bool {
    let (rig, event) = try await rig(scenario, provider)
    let sendsBefore = scenario == .unavailableThenAccepted ? rig.sends(event) : 0
    let inject = "inject=\(call.name):signal=KILL:when=\(call.number)"
    let killed = try await rig.deliver(
      event.body, strace: ["-e", "trace=\(call.name)", "-e", inject])
    let place = Comment(rawValue: "\(scenario.rawValue), killed at \(call.name) #\(call.number)")
    if killed.isDone { #expect(try rig.entry(event) != nil, place) }
    let repeated = try await rig.deliver(event.body, strace: ["-e", "trace=none"])
    #expect(repeated.isDone, place)
    switch try rig.entry(event)?.state {
    case .finished, .unconfirmed: break
    case .undecided, .unavailable, nil:
      Issue.record(Comment(rawValue: "not final: \(place.rawValue)"))
    }
    #expect(rig.sends(event) - sendsBefore <= 1, place)
    return killed.status != .exited(0)
  }
}
