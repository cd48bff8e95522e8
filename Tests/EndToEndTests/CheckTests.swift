import FoundationEssentials
import Glibc
import JSON
import Sandbox
import Subprocess
import TestSupport
import Testing

/// Each line of `gatilhoctl check`, seen good and seen otherwise.
@Suite struct CheckTests {
  /// A configuration that is ready for everyone, and no workers.
  private func onReadyStage(
    _ changes: [String: JSONValue] = [:], _ body: @Sendable @escaping (Stage) async throws -> Void
  ) async throws {
    let ready: [String: JSONValue] = ["retention": "365d"]
    try await onStage(workers: 0, changes: ready.merging(changes) { $1 }) { stage, _ in
      _ = try await stage.retry()
      _ = try await stage.gatilhoctl("purge", "--yes")
      try await body(stage)
    }
  }

  @Test func `what is ready has no warning, and exits 0`() async throws {
    try await onReadyStage { stage in
      let check = try await stage.gatilhoctl("check")
      #expect(check.status == .exited(0))
      #expect(!check.text.contains("FAIL"))
      #expect(check.text.contains("ok    configuration     \(stage.folder.configuration)\n"))
      #expect(check.text.contains("application.moved → mudanca_de_etapa"))
      for name in ["recipients", "state", "file system", "day index", "retry", "purge"] {
        #expect(check.line(name)?.hasPrefix("ok ") == true, "\(name)")
      }
      #expect(!check.text.contains(StageConfiguration.key))
      #expect(!check.text.contains(StageConfiguration.secret))
    }
  }

  @Test func `without libcurl it fails and says what to install`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "libcurl.so.4")
    try await onReadyStage { stage in
      let check = try await stage.gatilhoctl(
        ["check"], environment: ["LD_LIBRARY_PATH": folder.path])
      #expect(check.status == .exited(78))
      #expect(check.line("libcurl")?.contains("install libcurl4") == true)
    }
  }

  @Test func `a configuration that cannot be read exits 78 and says why`() async throws {
    try await onStage(workers: 0) { stage, _ in
      let check = try await stage.gatilhoctl(["check"], environment: ["GATILHO_SECRET": ""])
      #expect(check.status == .exited(78))
      #expect(
        check.error == "\(stage.folder.configuration): gupy.secrets[0]: the secret is empty\n")
    }
  }

  @Test(
    arguments: [
      ("recipients", ["recipients": ["+5511955550101"]], "1 numbers, nobody else"),
      ("recipients", ["recipients": "nobody"], "no candidate gets a message"),
      ("purge", ["retention": .null], "kept for ever"),
    ] as [(String, [String: JSONValue], String)])
  func `what a pilot may live with is a warning`(
    _ name: String, _ changes: [String: JSONValue], _ words: String
  ) async throws {
    try await onReadyStage(changes) { stage in
      let check = try await stage.gatilhoctl("check")
      let line = try #require(check.line(name))
      #expect(line.hasPrefix("WARN "))
      #expect(line.contains(words))
      #expect(line.contains(" → "))
      #expect(check.status == .exited(0))
    }
  }

  @Test(
    arguments: [
      ("\"s3gredo-de-padaria-1\"", "in quotation marks"),
      ("'s3gredo-de-padaria-1'", "in quotation"),
      ("GATILHO_SECRET=s3gredo-de-padaria", "begins with NAME="),
      ("export SECRET=s3gredo-de-padaria", "begins with NAME="),
      ("bearer s3gredo-de-padaria", "begins with \"Bearer\""), ("s3gredo", "fewer than 16 bytes"),
      ("s3gredo-do-pão-de-queijo", "not every client sends alike"),
    ])
  func `a secret that looks pasted wrongly, or is short, is a warning`(
    _ secret: String, _ words: String
  ) async throws {
    try await onReadyStage { stage in
      let check = try await stage.gatilhoctl(["check"], environment: ["GATILHO_SECRET": secret])
      let line = check.text.split(separator: "\n").first { $0.contains(words) }
      #expect(line?.hasPrefix("WARN  secrets") == true, "\(check.text)")
      #expect(line?.contains("gupy.secrets[0]") == true)
      #expect(!check.text.contains(secret))
    }
  }

  @Test func `files and folders that others may look into are a warning`() async throws {
    try await onReadyStage { stage in
      let key = stage.folder.file("key")
      try Data("uma-chave-qualquer".utf8).write(to: URL(filePath: key))
      func change(_ path: String, _ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      }
      try stage.change("provider/settings/token", to: .string("file:" + key))
      try change(key, 0o640)
      try change(stage.folder.state, 0o700)
      #expect(try await stage.gatilhoctl("check").line("permissions")?.hasPrefix("ok") == true)
      try change(key, 0o644)
      let file = try await stage.gatilhoctl("check").line("permissions")
      #expect(file?.hasPrefix("WARN") == true && file?.hasSuffix("chmod 0640 \(key)") == true)
      try change(key, 0o600)
      try change(stage.folder.state, 0o711)
      let folder = try await stage.gatilhoctl("check").line("permissions")
      #expect(folder?.hasPrefix("WARN") == true && folder?.contains("chmod 0700") == true)
    }
  }

  @Test func `a placeholder that nobody replaced exits 78 and is named`() async throws {
    try await onReadyStage(["provider/settings/channel": "CHANGE-ME"]) { stage in
      let check = try await stage.gatilhoctl("check")
      #expect(check.line("placeholders")?.hasPrefix("FAIL ") == true)
      #expect(check.line("placeholders")?.contains(" provider.settings.channel ") == true)
      #expect(check.status == .exited(78))
      let secrets = try await stage.gatilhoctl(
        ["check"], environment: ["PROVIDER_KEY": "CHANGE-ME", "GATILHO_SECRET": "CHANGE-ME"])
      #expect(
        secrets.line("placeholders")?.contains(
          "provider.settings.channel, provider.settings.token, gupy.secrets ") == true)
    }
  }

  @Test func `a timer that never ran, or not for an hour, is a warning`() async throws {
    try await onStage(workers: 0) { stage, _ in
      let never = try await stage.gatilhoctl("check")
      #expect(never.line("noRetry")?.contains("has never run") == true)
      #expect(never.line("retry") == nil)
      let file = URL(filePath: stage.folder.state + "/retry.json")
      try Data(#"{"at":"2026-03-04T18:30:13.101Z","results":{},"untried":3}"#.utf8).write(to: file)
      let check = try await stage.gatilhoctl("check")
      #expect(check.line("noRetry")?.hasPrefix("WARN ") == true)
      #expect(check.line("retry")?.contains("3 events left") == true)
    }
  }

  @Test func `a purge that never ran, or not for two days, is a warning`() async throws {
    try await onStage(workers: 0, changes: ["retention": "365d"]) { stage, _ in
      let line = try #require(try await stage.gatilhoctl("check").line("purge"))
      #expect(line.hasPrefix("WARN "))
      #expect(line.contains("never ran"))
      _ = try await stage.gatilhoctl("purge", "--yes")
      #expect(try await stage.gatilhoctl("check").line("purge")?.hasPrefix("ok ") == true)
      let file = URL(filePath: stage.folder.state + "/audit.jsonl")
      let text = try String(contentsOf: file, encoding: .utf8)
      try Data(text.replacing(/"at":"20\d\d/, with: "\"at\":\"2020").utf8).write(to: file)
      #expect(try await stage.gatilhoctl("check").line("purge")?.hasPrefix("WARN ") == true)
    }
  }

  @Test func `applications without a day index are a warning`() async throws {
    try await onStage { stage, gupy in
      _ = try await gupy.post(moved().body)
      #expect(try await stage.gatilhoctl("check").line("day index")?.hasPrefix("ok ") == true)
      try FileManager.default.removeItem(atPath: stage.folder.state + "/days")
      let line = try #require(try await stage.gatilhoctl("check").line("day index"))
      #expect(line.hasPrefix("WARN "))
      #expect(line.contains("gatilhoctl reindex"))
    }
  }

  @Test func `a state folder in memory is a warning`() async throws {
    let folder = "/dev/shm/\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { unlinkFolder(folder) }
    try await onReadyStage(["state": .string(folder)]) { stage in
      let line = try #require(try await stage.gatilhoctl("check").line("file system"))
      #expect(line.hasPrefix("WARN "))
      #expect(line.contains("tmpfs: it is memory"))
    }
  }

  @Test(.enabled(if: geteuid() == 0)) func `a state folder without room exits 78`() async throws {
    try await onReadyStage { stage in
      let mounted = try await run(
        .name("mount"),
        arguments: ["-t", "tmpfs", "-o", "size=1m", "tmpfs", stage.folder.state],
        output: .discarded)
      #expect(mounted.terminationStatus.isSuccess)
      let check = try await stage.gatilhoctl("check")
      _ = try await run(.name("umount"), arguments: ["-l", stage.folder.state], output: .discarded)
      #expect(check.line("state")?.hasPrefix("FAIL ") == true)
      #expect(check.text.contains("make room"))
      #expect(check.status == .exited(78))
    }
  }

  @Test(.enabled(if: geteuid() == 0)) func `a state folder that its owner cannot write exits 78`()
    async throws
  {
    try await onReadyStage { stage in
      chmod(stage.folder.path, 0o755)
      chmod(stage.folder.state, 0o500)
      chown(stage.folder.state, 12_345, 12_345)
      let check = try await stage.gatilhoctl("check")
      chown(stage.folder.state, 0, 0)
      #expect(check.line("state")?.hasPrefix("FAIL ") == true)
      #expect(check.text.contains("Permission denied"))
      #expect(check.status == .exited(78))
    }
  }

  @Test(.enabled(if: geteuid() == 0), arguments: ["applications/001", "days", "quarantine"])
  func `a folder inside that the state folder's owner may not enter exits 78`(
    _ folder: String
  ) async throws {
    try await onReadyStage { stage in
      let path = "\(stage.folder.state)/\(folder)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      _ = try await output("/usr/bin/chown", ["-R", "12345:12345", stage.folder.state])
      chmod(stage.folder.path, 0o755)
      #expect(try await stage.gatilhoctl("check").line("state")?.hasPrefix("ok ") == true)
      chown(path, 0, 0)
      chmod(path, 0o700)
      let check = try await stage.gatilhoctl("check")
      #expect(check.line("state")?.hasPrefix("FAIL ") == true)
      #expect(check.line("state")?.contains("\(path): Permission denied → give it to") == true)
      #expect(check.status == .exited(78))
    }
  }

  @Test func `a disk that takes a second for a sync is a warning`() async throws {
    try await onReadyStage { stage in
      let result = try await run(
        .name("strace"),
        arguments: [
          "-f", "-o", "/dev/null", "-e", "trace=fdatasync", "-e",
          "inject=fdatasync:delay_enter=1200000", programs + "/gatilhoctl", "check",
        ],
        environment: .inherit.updating(
          Dictionary(
            uniqueKeysWithValues: stage.environment.map {
              (Environment.Key(stringLiteral: $0), $1)
            })), output: .string(limit: 10_000))
      let line = result.standardOutput.split(separator: "\n").first { $0.contains(" state ") }
      #expect(line?.hasPrefix("WARN ") == true, "\(result.standardOutput)")
    }
  }

  private func unlinkFolder(_ path: String) {
    do { try FileManager.default.removeItem(atPath: path) } catch {}
  }
}

extension Stage.Told {
  /// The first line of this name.
  func line(_ name: String) -> Substring? {
    text.split(separator: "\n").first { $0.dropFirst(6).hasPrefix(name + "  ") }
  }
}
