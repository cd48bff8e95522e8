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
    let calls = try await scenario.calls(provider)
    #expect(calls.count > 20)
    let kills = try await count(calls) { try await isKilled(scenario, provider, at: $0) }
    print("\(scenario.rawValue): \(calls.count) cases run, \(kills) killed, lost 0, sent twice 0")
    #expect(kills > calls.count * 3 / 4)
  }

  /// Kills the delivery at the call, repeats it, and checks the promise; whether it was killed.
  private func isKilled(
    _ scenario: Scenario, _ provider: Rig.Provider, at call: Trace.Call
  ) async throws -> Bool {
    let (rig, event) = try await scenario.prepare(provider)
    let sendsBefore = scenario == .unavailableThenAccepted ? rig.sends(event) : 0
    let inject = "inject=\(call.name):signal=KILL:when=\(call.number)"
    let killed = try await rig.deliver(
      event.body, strace: ["-e", "trace=\(call.name)", "-e", inject])
    let place = Comment(rawValue: "\(scenario.rawValue), killed at \(call.name) #\(call.number)")
    if killed.isDone { #expect(try rig.entry(event) != nil, place) }
    try await rig.expectFinal(event, sendsBefore: sendsBefore, place)
    return killed.status != .exited(0)
  }
}
