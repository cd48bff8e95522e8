import JSON
import Sandbox
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// A fake of Gupy's configuration API on loopback, and `gatilhoctl webhooks` pointed at it.
final class GupySide: Sendable {
  /// An address for documentation (RFC 5737), which needs no resolver and is nobody's.
  static let url = "https://203.0.113.7/gupy"
  static let secret = "s3gredo-de-hoje"

  let fake: FakeGupyAPI
  private let server: LoopbackServer
  private let folder: TemporaryFolder

  init(_ fake: FakeGupyAPI) throws {
    self.fake = fake
    folder = try TemporaryFolder()
    server = LoopbackServer { _, text in
      let answer = fake.answer(text)
      return .answer(LoopbackServer.http(answer.status, answer.body, headers: answer.headers))
    }
  }

  /// A webhook as Gupy keeps it; `null` takes a member away.
  static func webhook(
    _ id: Int64, _ action: JSONValue = "application.moved", _ changes: [String: JSONValue] = [:]
  ) -> [String: JSONValue] {
    [
      "id": .integer(id), "action": action, "postbackUrl": .string(url), "status": "active",
      "techOwnerName": "Ana Lima", "techOwnerEmail": "ana@padaria.com.br",
      "clientHeaders": ["Authorization": .string(secret), "Content-Type": "application/json"],
    ].merging(changes) { $1 }.filter { $0.value != .null }
  }

  /// Both webhooks as the configuration wants them.
  static let both = [webhook(1, "application.created"), webhook(2)]

  /// Where the API begins.
  var baseURL: String { server.url + "/api/v1" }

  /// The methods of the requests since the last call.
  func takeMethods() -> [String] {
    server.takeRequests().map { String($0.prefix { $0 != " " }) }
  }

  /// Runs the command on a configuration whose state folder and provider's key are elsewhere, and
  /// sees that it tells neither token nor secret.
  ///
  /// - Parameter hosts: what stands in `/etc/hosts` for it, which needs root.
  func run(
    _ arguments: [String], gupy changes: [String: JSONValue] = [:],
    token: String = FakeGupyAPI.token, hosts: String? = nil
  ) async throws -> Stage.Told {
    let gupy: JSONValue = [
      "url": .string(Self.url), "secrets": ["env:GATILHO_SECRET"], "token": "env:GUPY_TOKEN",
      "techOwner": ["name": "Ana Lima", "email": "ana@padaria.com.br"],
      "baseURL": .string(baseURL),
    ]
    let configuration: JSONValue = ["gupy": gupy.replacing(changes), "state": "/nowhere"]
    let file = try folder.write(
      String(decoding: configuration.json, as: UTF8.self), to: "gatilho.json")
    let told = try await run(
      arguments, hosts: try hosts.map { try folder.write($0, to: "hosts") },
      environment: [
        "GATILHO_CONFIG": file, "GATILHO_SECRET": Self.secret, "GUPY_TOKEN": token,
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
      ])
    told.expectNone(of: [token, Self.secret])
    return told
  }

  private func run(
    _ arguments: [String], hosts: String?, environment: [String: String]
  ) async throws -> Stage.Told {
    let mount = hosts.map {
      ["unshare", "-m", "sh", "-c", "mount --bind \($0) /etc/hosts && exec \"$@\"", "sh"]
    }
    let command = (mount ?? []) + [programs + "/gatilhoctl", "webhooks"] + arguments
    let result = try await Room.machine.perform {
      try await Subprocess.run(
        .path("/usr/bin/env"), arguments: Arguments(command), environment: .exactly(environment),
        input: .none, output: .string(limit: 100_000), error: .string(limit: 100_000))
    }
    return Stage.Told(
      text: result.standardOutput, error: result.standardError, status: result.terminationStatus)
  }
}

extension Stage.Told {
  /// None of these is in what a program said.
  func expectNone(of hidden: [String]) {
    for value in hidden {
      #expect(!text.contains(value))
      #expect(!error.contains(value))
    }
  }
}
