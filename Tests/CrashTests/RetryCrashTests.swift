import Messaging
import Sandbox
import TestSupport
import Testing

/// `gatilhoctl retry` is killed at each system call by which it writes or sends.
@Suite(.serialized) struct RetryCrashTests {
  private static let calls: Set<String> = [
    "pwrite64", "fdatasync", "ftruncate", "write", "connect", "sendto",
  ]

  @Test(arguments: ["busy first", "refuse first"])
  func `a killed retry loses nothing and sends nothing twice`(_ job: String) async throws {
    let provider = Rig.Provider()
    let calls = try await prepare(provider, job).0.retry(strace: []).calls
      .filter { Self.calls.contains($0.name) && $0.result ?? 0 >= 0 }
    #expect(calls.count { $0.name == "fdatasync" } == 2)
    let tally = try await Tally.sum(calls) { call in
      let (rig, event) = try await prepare(provider, job)
      _ = try await rig.retry(strace: [
        "-e", "trace=\(call.name)", "-e", "inject=\(call.name):signal=KILL:when=\(call.number)",
      ])
      let before = try rig.entry(event)
      // Whatever was left: the next run of the timer, then a repeat of Gupy's.
      _ = try await rig.retry()
      let isFinal = try await rig.isFinalAfterRepeat(event)
      let tally = Tally(
        cases: 1, felt: before?.isAccepted == true ? 0 : 1, lost: isFinal ? 0 : 1,
        sentTwice: rig.sends(event) > 2 ? 1 : 0)
      #expect(tally.isClean, "\(job): \(call.name) #\(call.number)")
      return tally
    }
    print("retry of \(job), killed: \(tally)")
    #expect(tally.isClean)
    #expect(tally.felt > tally.cases / 4)
  }

  /// An event that the provider did not take the first time.
  private func prepare(_ provider: Rig.Provider, _ job: String) async throws -> (Rig, GupyEvent) {
    let rig = try Rig(provider)
    var event = Scenario.newEvent.event
    event.job = job
    _ = try await rig.deliver(event.body, strace: ["-e", "trace=none"])
    return (rig, event)
  }
}
