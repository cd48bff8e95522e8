import Messaging
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
    let tally = try await Tally.sum(calls) { call in
      var (delivery, tally) = try await scenario.disturb(provider, call, "signal=KILL")
      tally.felt = delivery.status == .exited(0) ? 0 : 1
      return tally
    }
    print("\(scenario.rawValue), killed: \(tally); on disk: \(tally.states)")
    #expect(tally.isClean)
    #expect(Set(tally.states.keys) == scenario.statesAfterAKill)
    #expect(tally.felt > tally.cases * 3 / 4)
  }
}
