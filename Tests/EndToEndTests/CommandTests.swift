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

  @Test func `check sums up a good configuration and warns of what is not live`() async throws {
    try await onStage(workers: 0, changes: ["recipients": ["+5511955550101"]]) { stage, _ in
      let text = try await output(
        gatilhoctl, ["check", "--config", stage.folder.configuration],
        environment: [
          "GATILHO_SECRET": StageConfiguration.secret, "PROVIDER_KEY": StageConfiguration.key,
        ])
      #expect(text.hasPrefix("\(stage.folder.configuration): fine\n"))
      #expect(text.contains("application.moved → mudanca_de_etapa"))
      #expect(text.contains("WARNING: recipients is a list"))
      #expect(!text.contains(StageConfiguration.key))
    }
  }

  @Test func `check says what is wrong and exits 78`() async throws {
    try await onStage(workers: 0) { stage, _ in
      let result = try await run(
        .path(FilePath(gatilhoctl)), arguments: ["check", "--config", stage.folder.configuration],
        environment: .custom([:]), output: .string(limit: 10_000), error: .string(limit: 10_000))
      #expect(result.terminationStatus == .exited(78))
      #expect(
        result.standardError
          == "\(stage.folder.configuration): gupy.secrets[0]: the environment variable GATILHO_SECRET is not set\n"
      )
    }
  }
}
