import FoundationEssentials
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

  private func expectDemo(_ options: [String], rows: Int) async throws {
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
  }
}
