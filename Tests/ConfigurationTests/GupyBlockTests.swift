import JSON
import TestSupport
import Testing

@testable import Configuration

/// The configuration's `gupy`, read on its own.
@Suite struct GupyBlockTests {
  private let folder: TemporaryFolder
  private let environment = ["SECRET": "s", "TOKEN": "t"]

  init() throws {
    folder = try TemporaryFolder()
  }

  /// The rest of the file is what a laptop has of a server's: no state folder, no provider's key.
  private func load(_ block: String) throws -> GupyBlock {
    let file = try folder.write(
      """
      { "gupy": { "secrets": ["env:SECRET"], \(block) }, "state": "/nowhere",
        "provider": { "profile": "callbell", "settings": { "token": "file:/nowhere/key" } } }
      """, to: "g.json")
    return try GupyBlock(file: file, environment: environment)
  }

  @Test func `it needs nothing of the rest of the file`() throws {
    let gupy = try load(
      """
      "url": "https://hooks.padaria.com.br/gupy", "token": "env:TOKEN",
      "techOwner": { "name": "Ana Lima", "email": "ana@padaria.com.br" }
      """)
    #expect(try gupy.address() == "https://hooks.padaria.com.br/gupy")
    #expect(try gupy.token(environment: environment) == "t")
    #expect(try gupy.techOwner() == ("Ana Lima", "ana@padaria.com.br"))
    #expect(gupy.secrets == ["s"])
    #expect(gupy.secretSources == ["env:SECRET"])
    #expect(gupy.baseURL == "https://api.gupy.io/api/v1")
  }

  @Test func `another base address is taken, without a slash at its end`() throws {
    let gupy = try load(#""baseURL": "http://127.0.0.1:8080/api/v1/""#)
    #expect(gupy.baseURL == "http://127.0.0.1:8080/api/v1")
  }

  @Test func `what is missing is named when it is needed, with what is expected`() throws {
    func complaint(_ block: String, _ work: (GupyBlock) throws -> Void) throws -> String? {
      let gupy = try load(block)
      return #expect(throws: DocumentError.self) { try work(gupy) }?.description
        .replacing(folder.path + "/g.json: ", with: "")
    }
    #expect(
      try complaint("") { _ = try $0.address() }
        == "gupy.url: is missing; expected the address that Gupy posts to: \"https://hooks.example.com/gupy\""
    )
    #expect(
      try complaint("") { _ = try $0.token(environment: [:]) }
        == "gupy.token: is missing; expected \"env:NAME\" or \"file:/path\" with the token that Gupy's advanced settings make"
    )
    #expect(
      try complaint(#""token": "env:TOKEN""#) { _ = try $0.token(environment: [:]) }
        == "gupy.token: the environment variable TOKEN is not set")
    #expect(
      try complaint(#""techOwner": { "email": "a@b.c" }"#) { _ = try $0.techOwner() }
        == "gupy.techOwner.name: is missing; expected whom Gupy asks when the address fails")
    #expect(
      try complaint(#""techOwner": { "name": "Ana" }"#) { _ = try $0.techOwner() }
        == "gupy.techOwner.email: is missing; expected where Gupy writes to when the address fails")
  }

  @Test func `a file that is none of gatilho's is refused`() throws {
    let file = try folder.write(#"{ "gupi": {} }"#, to: "g.json")
    #expect(throws: DocumentError.self) { try GupyBlock(file: file, environment: environment) }
  }
}
