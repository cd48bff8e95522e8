import FoundationEssentials
import JSON
import Sandbox
import TestSupport
import Testing

/// `gatilhoctl webhooks rotate-secret` with real workers behind real nginx.
@Suite struct RotateSecretTests {
  private static let fresh = "s3gredo-de-amanha"

  /// A stage whose workers find both secrets, and whose webhooks are at Gupy with the old one.
  private func onRotation(
    _ body: @Sendable @escaping (Stage, GupySide) async throws -> Void
  ) async throws {
    let side = try GupySide(FakeGupyAPI())
    let gupy: [String: JSONValue] = [
      "gupy/token": "env:GUPY_TOKEN", "gupy/baseURL": .string(side.baseURL),
      "gupy/techOwner": ["name": "Ana Lima", "email": "ana@padaria.com.br"],
    ]
    try await onStage(changes: gupy, environment: ["GATILHO_SECRET_NEW": Self.fresh]) { stage, _ in
      try stage.change("gupy/url", to: .string(stage.folder.webhookURL))
      let old: [String: JSONValue] = [
        "postbackUrl": .string(stage.folder.webhookURL),
        "clientHeaders": [
          "Authorization": .string(StageConfiguration.secret), "Content-Type": "application/json",
        ],
      ]
      side.fake.webhooks = [
        GupySide.webhook(1, "application.created", old),
        GupySide.webhook(2, "application.moved", old),
        GupySide.webhook(3, "application.moved", old), GupySide.webhook(4, "candidate.hired", old),
        GupySide.webhook(5, "application.moved", ["postbackUrl": "https://ats.example.com/"]),
      ]
      try await body(stage, side)
    }
  }

  private func rotate(_ stage: Stage, _ arguments: String...) async throws -> Stage.Told {
    let told = try await stage.gatilhoctl(
      ["webhooks", "rotate-secret", "--ca-file", stage.folder.certificate] + arguments,
      environment: ["GUPY_TOKEN": FakeGupyAPI.token, "GATILHO_SECRET_NEW": Self.fresh])
    told.expectNone(of: [FakeGupyAPI.token, Self.fresh, StageConfiguration.secret])
    return told
  }

  private func secrets(_ side: GupySide) -> [String?] {
    side.fake.webhooks.map { $0["clientHeaders"]?.at("/Authorization")?.text }
  }

  @Test func `the secret goes from old to both to new, and no delivery is refused`() async throws {
    try await onRotation { stage, side in
      let begun = try await rotate(stage)
      #expect(begun.status == .exited(0), "\(begun)")
      #expect(begun.text.contains(/\n  [A-Za-z0-9_-]{43}\n/))
      #expect(begun.text.contains(#""secrets": ["env:GATILHO_SECRET_NEW", "env:GATILHO_SECRET"]"#))
      #expect(side.takeMethods().isEmpty)

      try stage.change("gupy/secrets", to: ["env:GATILHO_SECRET_NEW", "env:GATILHO_SECRET"])
      let old = StageConfiguration.secret
      let dry = try await rotate(stage, "--dry-run")
      #expect(dry.status == .exited(0), "\(dry)")
      #expect(dry.text.hasSuffix("\nnothing was done\n"))
      #expect(side.takeMethods() == ["GET"])
      #expect(try await stage.gupy.post(moved(1).body, secret: old).status == 200)

      let sent = try await rotate(stage)
      #expect(sent.status == .exited(0), "\(sent)")
      #expect(sent.text.contains(#"In two hours take "env:GATILHO_SECRET" out of gupy.secrets"#))
      #expect(side.takeMethods() == ["GET", "PUT", "PUT", "PUT"])
      #expect(secrets(side) == [Self.fresh, Self.fresh, Self.fresh, old, GupySide.secret])
      for secret in [old, Self.fresh] {
        #expect(try await stage.gupy.post(moved(2).body, secret: secret).status == 200)
      }
      #expect(try await rotate(stage).status == .exited(0))
      let kept = try FileManager.default.subpathsOfDirectory(atPath: stage.folder.state)
      #expect(!kept.contains { $0.contains("quarantine/") })
    }
  }

  @Test func `nothing is changed at Gupy while gatilho does not take both secrets`() async throws {
    try await onRotation { stage, side in
      let running = stage.folder.configuration
      let copy = try String(contentsOf: URL(filePath: running), encoding: .utf8)
      let edited = copy.replacing(
        #"["env:GATILHO_SECRET"]"#, with: #"["env:GATILHO_SECRET_NEW","env:GATILHO_SECRET"]"#)
      #expect(edited != copy)
      let file = stage.folder.file("edited.json")
      try Data(edited.utf8).write(to: URL(filePath: file))
      let result = try await rotate(stage, "--config", file)
      #expect(result.status == .exited(1))
      #expect(result.text == "probe with env:GATILHO_SECRET_NEW: it refuses the secret (401)\n")
      #expect(result.error.contains("nothing is changed at Gupy"))
      #expect(side.takeMethods().isEmpty)
    }
  }

  @Test func `without one of ours at Gupy nothing is changed`() async throws {
    try await onRotation { stage, side in
      try stage.change("gupy/secrets", to: ["env:GATILHO_SECRET_NEW", "env:GATILHO_SECRET"])
      side.fake.webhooks.removeFirst()
      let result = try await rotate(stage)
      #expect(result.status == .exited(1))
      #expect(result.error.hasSuffix("run gatilhoctl webhooks ensure\n"))
      #expect(side.takeMethods() == ["GET"])
    }
  }
}
