import Sandbox
import TestSupport
import Testing

/// Each system call of a delivery on which the journal rests fails once, in each way that a disk or
/// a kernel knows.
@Suite(.serialized) struct FaultMatrixTests {
  private static let calls: Set<String> = [
    "openat", "mkdir", "fcntl", "newfstatat", "pread64", "pwrite64", "fdatasync", "fsync",
  ]
  private static let faults = ["EIO", "ENOSPC", "EDQUOT", "EMFILE", "EROFS", "EINTR"]

  private struct Fault: Sendable {
    let call: Trace.Call
    let effect: String

    var name: String { "\(call.name) #\(call.number) \(effect)" }
  }

  @Test(arguments: [Scenario.firstOfFolder, .duplicate, .unavailableThenAccepted])
  func `a failing call is never a 200 for what is not on disk, and a repeat is handled`(
    _ scenario: Scenario
  ) async throws {
    let provider = Rig.Provider()
    let faults = try await scenario.calls(provider).filter { Self.calls.contains($0.name) }
      .flatMap { call in
        let errors = Self.faults.map { Fault(call: call, effect: "error=\($0)") }
        // A call that reports ten bytes, and writes none.
        return errors + (call.name == "pwrite64" ? [Fault(call: call, effect: "retval=10")] : [])
      }
    let refused = try await count(faults) { try await isRefused(scenario, provider, $0) }
    print("\(scenario.rawValue): \(faults.count) faults, \(refused) refused, lost 0, sent twice 0")
    #expect(refused > faults.count / 4)
  }

  /// Delivers under the fault and repeats without it; whether Gupy was told to come again.
  private func isRefused(
    _ scenario: Scenario, _ provider: Rig.Provider, _ fault: Fault
  ) async throws -> Bool {
    let (rig, event) = try await scenario.prepare(provider)
    let sendsBefore = scenario == .unavailableThenAccepted ? rig.sends(event) : 0
    let inject = "inject=\(fault.call.name):\(fault.effect):when=\(fault.call.number)"
    let faulty = try await rig.deliver(
      event.body, strace: ["-e", "trace=\(fault.call.name)", "-e", inject])
    let place = Comment(rawValue: "\(scenario.rawValue), \(fault.name)")
    let answer = try #require(faulty.answer, place)
    if faulty.isDone {
      #expect(try rig.entry(event) != nil, place)
    } else {
      #expect(answer.hasPrefix("Status: 50"), place)
      #expect(answer.contains("\"detail\":\"") || answer.contains("\"unavailable\""), place)
    }
    try await rig.expectFinal(event, sendsBefore: sendsBefore, place)
    return !faulty.isDone
  }

  @Test(arguments: ["pwrite64", "fdatasync"], [1, 2])
  func `a cut-back that fails too loses nothing`(_ call: String, _ number: Int) async throws {
    let (rig, event) = try await Scenario.firstOfFolder.prepare(Rig.Provider())
    let faulty = try await rig.deliver(
      event.body,
      strace: [
        "-e", "trace=\(call),ftruncate", "-e", "inject=\(call):error=EIO:when=\(number)",
        "-e", "inject=ftruncate:error=EIO",
      ])
    #expect(faulty.answer?.hasPrefix("Status: 503 ") == true)
    try await rig.expectFinal(event, sendsBefore: 0, "\(call) #\(number)")
  }
}
