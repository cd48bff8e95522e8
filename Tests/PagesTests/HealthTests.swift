import FastCGI
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Configuration
@testable import Handler
@testable import Pages

@Suite struct HealthTests {
  private let folder: TemporaryFolder
  private let file: String
  private let configurations: Configurations

  init() throws {
    folder = try TemporaryFolder()
    let state = folder.path + "/state"
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: false)
    file = try folder.write(Self.configuration(state: state), to: "gatilho.json")
    configurations = Configurations(
      defaultFile: file, environment: ["SECRET": "segredo", "KEY": "chave"])
  }

  private static func configuration(state: String) -> String {
    """
    {
      gupy: { secrets: ["env:SECRET"] }, state: "\(state)", recipients: "nobody",
      provider: { profile: "callbell", settings: { token: "env:KEY", channel: "c", optIn: true } },
      messages: [],
    }
    """
  }

  private func ask(_ method: String = "GET", _ more: [String: String] = [:]) -> (Response, String) {
    let request = Request(method: method, parameters: Parameters(more), body: .complete([]))
    let response = Endpoints(configurations) { _ in }.health(request)
    return (response, String(decoding: response.body, as: UTF8.self))
  }

  @Test func `all is well`() throws {
    let (response, body) = ask()
    #expect(response.status == .ok)
    #expect(body == #"{"status":"healthy"}"#)
    #expect(response.headers.contains { $0 == ("Content-Type", "application/json") })
    #expect(response.headers.contains { $0 == ("Cache-Control", "no-store") })
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/state") == [
        "configuration.json"
      ])
  }

  @Test func `HEAD says the same without a body`() {
    let (response, body) = ask("HEAD")
    #expect(response.status == .ok)
    #expect(body == "")
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "get", ""])
  func `other methods are refused`(_ method: String) {
    let (response, body) = ask(method)
    #expect(response.status == .methodNotAllowed)
    #expect(response.headers.contains { $0 == ("Allow", "GET, HEAD") })
    #expect(body.contains(#""status":405"#))
  }

  @Test(arguments: ["{", #"{ "gupy": {} }"#, ""])
  func `a configuration that does not load is told, without its path`(_ text: String) throws {
    try folder.write(text, to: "gatilho.json")
    let (response, body) = ask()
    #expect(response.status == .serviceUnavailable)
    #expect(response.headers.contains { $0 == ("Content-Type", "application/problem+json") })
    #expect(body.contains("The configuration has an error"))
    #expect(!body.contains(folder.path))
    try folder.write(Self.configuration(state: folder.path + "/state"), to: "gatilho.json")
    #expect(ask().0.status == .ok)
  }

  @Test func `the param names another customer's configuration`() throws {
    let other = try folder.write("{", to: "other.json")
    #expect(ask("GET", ["GATILHO_CONFIG": other]).0.status == .serviceUnavailable)
    #expect(ask("GET", ["GATILHO_CONFIG": "/etc/passwd"]).0.status == .serviceUnavailable)
    #expect(ask("GET", ["GATILHO_CONFIG": file]).0.status == .ok)
  }

  @Test func `a state folder that is gone is told`() throws {
    #expect(ask().0.status == .ok)
    try FileManager.default.removeItem(atPath: folder.path + "/state")
    let (response, body) = ask()
    #expect(response.status == .serviceUnavailable)
    #expect(body.contains("The state folder cannot be written"))
    #expect(!body.contains(folder.path))
  }

  @Test(
    .enabled(if: geteuid() == 0, "mounting a small file system needs root"),
    arguments: ["read-only", "full", "out of inodes"])
  func `a state folder that takes no more bytes is told`(_ disk: String) throws {
    let state = folder.path + "/state"
    try #require(mount("tmpfs", state, "tmpfs", 0, "size=64k,nr_inodes=32") == 0)
    defer { umount2(state, Int32(MNT_DETACH)) }
    #expect(ask().0.status == .ok)
    if disk == "read-only" {
      try #require(mount("", state, "", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0)
    } else if disk == "out of inodes" {
      var number = 0
      while true {
        let filler = open(state + "/filler\(number)", O_WRONLY | O_CREAT, 0o600)
        guard filler >= 0 else { break }
        close(filler)
        number += 1
      }
    } else {
      let zeros = [UInt8](repeating: 0, count: 4_096)
      let filler = open(state + "/filler", O_WRONLY | O_CREAT, 0o600)
      while write(filler, zeros, zeros.count) > 0 {}
      close(filler)
    }
    #expect(ask().0.status == .serviceUnavailable)
  }
}
