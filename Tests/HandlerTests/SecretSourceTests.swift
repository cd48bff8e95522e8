import JSON
import TestSupport
import Testing

@testable import Handler

@Suite struct SecretSourceTests {
  @Test(arguments: [
    ("env:NAME", [:], SecretSource.environment("NAME")),
    ("file:/run/secrets/gupy", [:], .file("/run/secrets/gupy")),
    ("file:gupy", ["CREDENTIALS_DIRECTORY": "/run/cred"], .file("/run/cred/gupy")),
    ("file:gupy", [:], .file("/etc/gatilho/gupy")),
  ])
  func `a secret's place`(
    text: String, environment: [String: String], source: SecretSource
  ) throws {
    let reader = StrictReader(.string(text), file: "/etc/gatilho/gatilho.json")
    #expect(try SecretSource(reader, environment) == source)
  }

  @Test(arguments: ["segredo", "file:", "file:a/b", "file:../a", "env:", ""])
  func `anything else is no place`(_ text: String) {
    let reader = StrictReader(.string(text), file: "/etc/gatilho/gatilho.json")
    #expect(throws: DocumentError.self) { try SecretSource(reader, [:]) }
  }

  @Test func `a bare name beside a file that is named without a folder`() throws {
    let reader = StrictReader("file:gupy", file: "gatilho.json")
    #expect(try SecretSource(reader, [:]) == .file("./gupy"))
  }
}
