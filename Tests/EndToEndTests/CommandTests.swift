import FoundationEssentials
import JSON
import Messaging
import Sandbox
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// `gatilhoctl` as a person uses it.
@Suite struct CommandTests {
  private let gatilhoctl = programs + "/gatilhoctl"

  /// One of each ending: what hangs is held, or asked.
  @Test(arguments: ["callbell", "blip-template"])
  func `the demo shows every row as expected`(_ provider: String) async throws {
    try await expectDemo(["--provider", provider], rows: 17)
  }

  @Test(arguments: ProviderProfile.builtIn.keys.sorted())
  func `the demo tells its story with every provider`(_ provider: String) async throws {
    try await expectDemo(["--quick", "--provider", provider], rows: 15)
  }

  @Test func `the first page shows what the demo prints`() async throws {
    let shown = try await expectDemo([], rows: 17)
    let block = try projectText("README.md").components(separatedBy: "```\nwhat came ").dropFirst()
    let table = try #require(block.first).components(separatedBy: "\n```")[0]
    #expect(shown.contains("what came " + table))
  }

  @discardableResult
  private func expectDemo(_ options: [String], rows: Int) async throws -> String {
    let result = try await Room.machine.perform {
      try await run(
        .path(FilePath(gatilhoctl)), arguments: Arguments(["demo"] + options),
        output: .string(limit: 100_000), error: .string(limit: 100_000))
    }
    let shown = result.standardOutput
    #expect(result.terminationStatus == .exited(0), "\(shown)")
    #expect(shown.contains("All \(rows) rows are as expected."))
    #expect(
      shown.contains("Olá, Bianca! Padeiro(a) Noturno: de Cadastro para Entrevista com a loja."))
    #expect(!shown.contains("\u{1B}"))
    let folder = shown.firstMatch(of: /(\/tmp\/gatilho-[a-z0-9]+)\/state/)?.1
    try FileManager.default.removeItem(atPath: String(try #require(folder)))
    return shown
  }

  @Test func `what the demo keeps can be simulated against by the line that it prints`()
    async throws
  {
    let folder = try TemporaryFolder()
    let shown = try folder.write("", to: "shown")
    let out = try FileDescriptor.open(FilePath(shown), .writeOnly)
    @Sendable func text() throws -> String {
      try String(contentsOf: URL(filePath: shown), encoding: .utf8)
    }
    let result = try await Room.machine.perform {
      try await run(
        .path(FilePath(gatilhoctl)), arguments: ["demo", "--quick", "--keep"], input: .none,
        output: .fileDescriptor(out, closeAfterSpawningProcess: true), error: .discarded
      ) { execution in
        try await eventually { try text().contains("--out-of-order 20%\n") }
        let last = try text().split(separator: "\n").last { $0.contains(" simulate ") }
        let line = try #require(last).replacing("--count 1000", with: "--count 9")
        let told = try await output("/bin/sh", ["-c", String(line)])
        #expect(told.contains("\non disk                      9 of 9 told 200\n"))
        try execution.send(signal: .interrupt)
      }
    }
    #expect(result.terminationStatus == .exited(0))
    let kept = try text().firstMatch(of: /(\/tmp\/gatilho-[a-z0-9]+)\/state/)?.1
    try FileManager.default.removeItem(atPath: try #require(kept.map(String.init)))
  }

  @Test(arguments: [
    ["init", "callbell"], ["--version"], ["--help"], ["providers"],
    ["providers", "show", "callbell"],
  ])
  func `what cannot be printed is no success, and says why`(_ arguments: [String]) async throws {
    let result = try await run(
      .path(FilePath(gatilhoctl)), arguments: Arguments(arguments),
      output: .fileDescriptor(
        try FileDescriptor.open("/dev/full", .writeOnly), closeAfterSpawningProcess: true),
      error: .string(limit: 10_000))
    #expect(result.terminationStatus == .exited(74))
    #expect(result.standardError.contains("standard output: "))
    #expect(!result.standardError.contains("gupy-secret"))
  }

  @Test(
    arguments: [
      (["chek"], "did you mean gatilhoctl check?"), (["evetns"], "gatilhoctl events?"),
      (["events", "lst"], "did you mean gatilhoctl events list?"),
      (["webhooks", "ensur", "--dry-run"], "did you mean gatilhoctl webhooks ensure?"),
      (["rety", "--status", "rejected"], "did you mean gatilhoctl retry?"),
    ])
  func `a command that is mistyped is guessed`(
    _ arguments: [String], _ words: String
  ) async throws {
    let result = try await run(
      .path(FilePath(gatilhoctl)), arguments: Arguments(arguments), output: .string(limit: 10_000),
      error: .string(limit: 10_000))
    #expect(result.terminationStatus == .exited(64))
    #expect(result.standardError.contains(words))
  }

  @Test func `the help of every command has an example that begins with its name`() async throws {
    let dump = try await output(gatilhoctl, ["--experimental-dump-help"])
    let root = try #require(JSONValue(Array(dump.utf8))?.at("/command"))
    let commands = Self.leaves(of: root, "gatilhoctl")
    #expect(commands.count >= 18)
    for (name, help) in commands { #expect(help.contains("Example: \(name)"), "\(name)") }
  }

  /// The visible commands that do something, with what their help says.
  private static func leaves(
    of command: JSONValue, _ name: String
  ) -> [(name: String, help: String)] {
    guard case .array(let all) = command.at("/subcommands") else {
      return [(name, command.at("/discussion")?.text ?? "")]
    }
    let shown = all.filter {
      $0.at("/shouldDisplay")?.text == "true" && $0.at("/commandName")?.text != "help"
    }
    return shown.flatMap { leaves(of: $0, "\(name) \($0.at("/commandName")?.text ?? "")") }
  }
}
