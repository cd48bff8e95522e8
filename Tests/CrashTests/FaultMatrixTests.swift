import FastCGI
import Messaging
import Sandbox
import TestSupport
import Testing

/// Each system call of a delivery on which the journal rests fails once, in each way that a disk or
/// a kernel knows.
@Suite(.serialized) struct FaultMatrixTests {
  private static let calls: Set<String> = [
    "openat", "mkdir", "fcntl", "newfstatat", "pread64", "pwrite64", "fdatasync", "fsync", "write",
  ]
  private static let faults = ["EIO", "ENOSPC", "EDQUOT", "EMFILE", "EROFS", "EINTR"]

  /// Descriptor 0 is nginx, 2 is the log; a FastCGI record goes through a pipe of the process's own.
  private static func concerns(_ call: Trace.Call) -> Bool {
    let isOurs = (call.descriptor ?? 0) > 2 && !call.arguments.contains(#""\1\1"#)
    return calls.contains(call.name) && (call.name != "write" || isOurs)
  }

  private struct Fault: Sendable {
    let call: Trace.Call
    let effect: String
  }

  @Test(arguments: [Scenario.firstOfFolder, .duplicate, .unavailableThenAccepted])
  func `a failing call is never a 200 for what is not on disk, and a repeat is handled`(
    _ scenario: Scenario
  ) async throws {
    let provider = Rig.Provider()
    let faults = try await scenario.calls(provider).filter(Self.concerns)
      .flatMap { call in
        let errors = Self.faults.map { Fault(call: call, effect: "error=\($0)") }
        // A call that reports ten bytes, and writes none.
        return errors
          + (call.name.contains("write") ? [Fault(call: call, effect: "retval=10")] : [])
      }
    let tally = try await Tally.sum(faults) { fault in
      var (delivery, tally) = try await scenario.disturb(provider, fault.call, fault.effect)
      let answer = try #require(delivery.answer)
      #expect(delivery.isDone || answer.hasPrefix("Status: 50"))
      #expect(
        delivery.isDone || answer.contains("\"detail\":\"") || answer.contains("\"unavailable\""))
      tally.felt = delivery.isDone ? 0 : 1
      return tally
    }
    print("\(scenario.rawValue), failing: \(tally)")
    #expect(tally.isClean)
    #expect(tally.felt > tally.cases / 4)
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
    #expect(try await rig.isFinalAfterRepeat(event))
    #expect(rig.sends(event) <= 1)
  }
}
