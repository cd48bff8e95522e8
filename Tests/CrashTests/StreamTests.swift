import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Random streams of deliveries, duplicates and crashes against a model; the long run is the same
/// program: `swift run -c release streams`.
@Suite struct StreamTests {
  @Test func `random streams with duplicates and crashes go as the model says`() async throws {
    let (status, lines) = try await play(["--count", "300"])
    print(lines.joined(separator: "\n"))
    #expect(status == .exited(0))
    let last = try #require(lines.last)
    #expect(last.hasPrefix("300 streams, ") && last.hasSuffix(" lost 0, sent twice 0"))
  }

  @Test func `a seed and a number are always the same stream`() async throws {
    let one = try await play(["--seed", "5", "--stream", "7"])
    #expect(one.status == .exited(0))
    #expect(one.lines.count > 4)
    #expect(one.lines == (try await play(["--seed", "5", "--stream", "7"])).lines)
    #expect(one.lines != (try await play(["--seed", "5", "--stream", "8"])).lines)
  }

  private func play(
    _ arguments: [String]
  ) async throws -> (status: TerminationStatus, lines: [Substring]) {
    let result = try await run(
      .path(FilePath(programs + "/streams")), arguments: Arguments(arguments), input: .none,
      output: .string(limit: 100_000), error: .discarded)
    return (result.terminationStatus, result.standardOutput.split(separator: "\n"))
  }
}
