import FoundationEssentials
import Gupy
import Journal
import Messaging
import Sandbox
import TestSupport
import Testing

/// `gatilhoctl erase` and `purge` are killed at each system call by which they change the state
/// folder.
@Suite(.serialized) struct RemovalCrashTests {
  private static let calls: Set<String> = [
    "pwrite64", "ftruncate", "fdatasync", "fsync", "unlink", "rmdir", "write",
  ]
  private static let erase = ["erase", "--cpf", "--yes"]
  private static let purge = ["purge", "--older-than", "365d", "--yes"]

  @Test func `a killed erase is finished by the next, and the repeat is a duplicate`() async throws
  {
    try await killed(Self.erase) { rig, events in
      let trace = try await rig.gatilhoctl(
        Self.erase, input: Self.input, strace: ["-e", "trace=fdatasync"]
      ).trace
      // What a killed run wrote and did not live to sync may be found no more, and is synced.
      let syncs = trace.calls.filter { $0.result == 0 }
      #expect(syncs.count == events.count)
      for event in events { #expect(try rig.entry(event)?.isErased == true) }
    }
  }

  @Test func `a killed purge is finished by the next, and what lives is a duplicate`() async throws
  {
    try await killed(Self.purge) { rig, events in
      _ = try await rig.gatilhoctl(Self.purge, strace: ["-e", "trace=none"])
      for file in [rig.old, rig.oldDay] {
        #expect(!FileManager.default.fileExists(atPath: file))
      }
      for event in events { #expect(try rig.entry(event)?.isAccepted == true) }
    }
  }

  @Test(arguments: ["pwrite64:error=ENOSPC", "ftruncate:error=EIO", "fdatasync:error=EIO"])
  func `what the disk refuses to erase is as it was, and the next run finds it`(
    _ failure: String
  ) async throws {
    let (rig, events) = try await prepare(Rig.Provider())
    let before = try events.map(rig.story)
    let name = failure.prefix { $0 != ":" }
    let status = try await rig.gatilhoctl(
      Self.erase, input: Self.input,
      strace: ["-e", "trace=\(name)", "-e", "inject=\(failure):when=1"]
    ).status
    #expect(status == .exited(75))
    let left = try zip(before, events.map(rig.story)).count { $0 == $1 }
    #expect(left == 1)
    _ = try await rig.gatilhoctl(Self.erase, input: Self.input, strace: ["-e", "trace=none"])
    for event in events { #expect(try rig.entry(event)?.isErased == true) }
  }

  /// Kills a command at each of its calls on a folder of its own; then the same is run again, and
  /// Gupy repeats what is not purged.
  private func killed(
    _ command: [String], _ runAgain: @Sendable @escaping (Rig, [GupyEvent]) async throws -> Void
  ) async throws {
    let provider = Rig.Provider()
    let calls = try await prepare(provider).0.gatilhoctl(
      command, input: Self.input,
      strace: ["-e", "trace=\(Self.calls.sorted().joined(separator: ","))"]
    ).trace.calls.filter { $0.result ?? 0 >= 0 }
    #expect(calls.count >= 5)
    let tally = try await Tally.sum(calls) { call in
      let (rig, events) = try await prepare(provider)
      let status = try await rig.gatilhoctl(
        command, input: Self.input,
        strace: [
          "-e", "trace=\(call.name)", "-e", "inject=\(call.name):signal=KILL:when=\(call.number)",
        ]
      ).status
      try await runAgain(rig, events)
      var isFinal = true
      for event in events { isFinal = try await rig.isFinalAfterRepeat(event) && isFinal }
      let tally = Tally(
        cases: 1, felt: status == .exited(0) ? 0 : 1, lost: isFinal ? 0 : 1,
        sentTwice: events.contains { rig.sends($0) > 1 } ? 1 : 0)
      #expect(tally.isClean, "\(command[0]): \(call.name) #\(call.number)")
      return tally
    }
    print("\(command[0]), killed: \(tally)")
    #expect(tally.isClean)
    #expect(tally.felt > tally.cases * 3 / 4)
  }

  private static let input = "52998224725\n"

  /// Two events of a candidate, of two applications; a quarantined body of the candidate; an
  /// application, a quarantined body and a day that are old.
  private func prepare(_ provider: Rig.Provider) async throws -> (Rig, [GupyEvent]) {
    let rig = try Rig(provider)
    let events = [Scenario.newEvent.event, Scenario.firstOfFolder.event].enumerated().map {
      var event = $1
      event.application = 612_000_101 + Int64($0)
      return event
    }
    var old = Scenario.newEvent.event
    (old.application, old.cpf, old.email) = (7, "11144477735", "caio@example.com")
    let bodies = events.map(\.body) + [old.body, Array(#"{"cpf":"529.982.247-25"}"#.utf8)]
    for body in bodies { _ = try await rig.deliver(body, strace: ["-e", "trace=none"]) }
    try rig.age()
    return (rig, events)
  }
}

extension Rig {
  /// The file of an application of 2020.
  fileprivate var old: String { folder.path + "/state/applications/007/7.jsonl" }
  /// A day of 2020 in the index.
  fileprivate var oldDay: String { folder.path + "/state/days/2020-03-04" }

  /// The bytes of an event's application.
  fileprivate func story(_ event: GupyEvent) throws -> Data {
    let journal = Journal(state: folder.path + "/state")
    return try Data(contentsOf: URL(filePath: journal.path(of: event.application)))
  }

  /// Makes application 7 and a day of the index old.
  fileprivate func age() throws {
    let text = try String(contentsOf: URL(filePath: old), encoding: .utf8)
    try Data(text.replacing(/"at":"20\d\d/, with: "\"at\":\"2020").utf8)
      .write(to: URL(filePath: old))
    try FileManager.default.createDirectory(atPath: oldDay, withIntermediateDirectories: true)
    try folder.write("", to: "state/days/2020-03-04/host.jsonl")
  }
}
