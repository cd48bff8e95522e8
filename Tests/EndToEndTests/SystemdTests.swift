import FoundationEssentials
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The systemd units, as systemd's own tools read them without a running systemd.
@Suite struct SystemdTests {
  /// What handles webhooks or events.
  private static let handlers = [
    "gatilho-worker@.service", "gatilho-request@.service", "gatilho-retry.service",
    "gatilho-purge.service", "gatilho-webhooks.service",
  ]
  private static let services = handlers + ["gatilho-workers.service", "gatilho-start.service"]
  private static let others = [
    "gatilho.target", "gatilho.socket", "gatilho-request.socket", "gatilho-workers.path",
    "gatilho-retry.timer", "gatilho-purge.timer", "gatilho-webhooks.timer",
  ]
  private static let hardening = "gatilho-.service.d/hardening.conf"

  /// Copies of the units that start the programs under test.
  private func units() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/gatilho-.service.d", withIntermediateDirectories: false)
    for name in Self.services + Self.others + [Self.hardening] {
      let text = try projectText("nginx/systemd/\(name)")
        .replacing("/usr/local/bin/", with: programs)
      try folder.write(text, to: name)
    }
    return folder
  }

  private func analyze(_ arguments: [String]) async throws -> (isSuccess: Bool, text: String) {
    let result = try await run(
      .name("systemd-analyze"), arguments: Arguments(arguments), output: .string(limit: 100_000),
      error: .string(limit: 100_000))
    let text = result.standardOutput + result.standardError
    return (result.terminationStatus.isSuccess, text)
  }

  @Test func `systemd finds nothing to say about the units`() async throws {
    let folder = try units()
    let paths = (Self.services + Self.others).map {
      "\(folder.path)/\($0.replacing("@.", with: "@1."))"
    }
    let (isSuccess, text) = try await analyze(["verify", "--man=no"] + paths)
    #expect(isSuccess)
    #expect(!text.contains("gatilho"), "\(text)")
  }

  @Test func `every unit is looked at`() throws {
    let folder = URL(filePath: projectFile("nginx/systemd"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
    let units = names.filter {
      !$0.hasSuffix(".d") && !$0.hasSuffix("sysusers") && !$0.hasSuffix("tmpfiles")
    }
    #expect(Set(units) == Set(Self.services + Self.others))
  }

  @Test(arguments: services)
  func `a service's exposure is at most 1.2 of 10`(_ service: String) async throws {
    let folder = try units()
    let (isSuccess, text) = try await analyze([
      "security", "--offline=true", "--threshold=12", "--no-pager", "\(folder.path)/\(service)",
    ])
    #expect(isSuccess, "\(text)")
    #expect(text.contains("Overall exposure level"))
  }

  @Test(arguments: services)
  func `a service runs as a user that stays, never as root`(_ service: String) throws {
    let text = try projectText("nginx/systemd/\(service)")
    #expect(text.contains("\nUser=gatilho\n"))
    #expect(!text.contains("DynamicUser"))
  }

  @Test(arguments: handlers)
  func `a service that is stopped may finish its request`(_ service: String) throws {
    let text = try projectText("nginx/systemd/\(service)")
    let seconds = text.firstMatch(of: /\nTimeoutStopSec=(\d+)s\n/).flatMap { Int($0.1) }
    #expect(try #require(seconds) >= 35)
  }
}
