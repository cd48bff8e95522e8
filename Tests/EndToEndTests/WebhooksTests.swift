import FastCGI
import FoundationEssentials
import Glibc
import GupyAPI
import JSON
import Sandbox
import TestSupport
import Testing

/// `gatilhoctl webhooks`: what goes wrong, `list` and `delete`.
@Suite struct WebhooksTests {
  private static let failures: [(FakeGupyAPI.Failure, Int32, String)] = [
    (.status(401), 77, "make a new one in Gupy's advanced settings"),
    (.status(403), 77, "it needs the permissions to configure"),
    (.status(302), 69, "see gupy.baseURL; nothing is changed"),
    (.status(404), 65, "whether gupy.baseURL is right"),
    (.status(409), 65, "see gatilhoctl webhooks list"),
    (.status(400), 65, "(400, Problem: fails as asked, HIDDEN): see gupy.url"),
    (.bare(429, retryAfter: 300), 75, "run it again in 300 s"),
  ]

  @Test(arguments: failures.indices)
  func `each refusal ends it with its status and says what to do`(_ index: Int) async throws {
    let (failure, status, words) = Self.failures[index]
    let side = try GupySide(FakeGupyAPI())
    side.fake.fail("POST", failure)
    let result = try await side.run(["ensure"])
    #expect(result.status == .exited(status), "\(result)")
    #expect(result.error.contains(words))
    #expect(result.error.split(separator: "\n").count == 1)
    #expect(side.fake.webhooks.isEmpty)
  }

  @Test(arguments: [FakeGupyAPI.Failure.status(500), .bare(429, retryAfter: nil)])
  func `what lasts is given up after four tries, to be run again`(_ failure: FakeGupyAPI.Failure)
    async throws
  {
    let side = try GupySide(FakeGupyAPI())
    side.fake.fail("GET", failure, failure, failure, failure)
    let result = try await side.run(["ensure"])
    #expect(result.status == .exited(75), "\(result)")
    #expect(side.takeMethods() == ["GET", "GET", "GET", "GET"])
  }

  @Test func `something that is no list of webhooks changes nothing`() async throws {
    let side = try GupySide(FakeGupyAPI())
    side.fake.fail("GET", .page)
    let result = try await side.run(["ensure"])
    #expect(result.status == .exited(69))
    #expect(result.error.hasSuffix("nothing is changed\n"))
    #expect(side.takeMethods() == ["GET"])
  }

  @Test func `a token that Gupy does not know is not told`() async throws {
    let side = try GupySide(FakeGupyAPI())
    #expect(try await side.run([], token: "t0ken-de-ontem").status == .exited(77))
  }

  @Test(
    arguments: [
      ("url", .null, "gupy.url: is missing"), ("token", .null, "gupy.token: is missing"),
      ("techOwner", ["name": "Ana"], "gupy.techOwner.email: is missing"),
      ("url", "http://hooks.padaria.com.br/gupy", "gupy.url: Gupy posts candidates' data"),
      ("url", "https://a.requestcatcher.com/", "gupy.url: a.requestcatcher.com keeps what it gets"),
      ("url", "https://a.ngrok-free.app/", "gupy.url: a.ngrok-free.app is a tunnel"),
      ("url", "https://10.0.0.1/gupy", "gupy.url: Gupy cannot reach 10.0.0.1"),
      ("baseURL", "http://api.gupy.io", "gupy.baseURL: expected"),
    ] as [(String, JSONValue, String)])
  func `a configuration that Gupy must not get is refused before anything is sent`(
    _ key: String, _ value: JSONValue, _ complaint: String
  ) async throws {
    let side = try GupySide(FakeGupyAPI())
    let result = try await side.run(["ensure", "--skip-lookup"], gupy: [key: value])
    #expect(result.status == .exited(78), "\(result)")
    #expect(result.error.contains(": " + complaint))
    #expect(side.takeMethods().isEmpty)
  }

  @Test(arguments: ["http", "https://webhook.site"])
  func `no secret is sent to an address in clear, or to a stranger`(_ address: String) async throws
  {
    let side = try GupySide(FakeGupyAPI())
    let url = address == "http" ? side.baseURL : address
    let secrets: JSONValue = ["env:GATILHO_SECRET", "env:GATILHO_SECRET"]
    let result = try await side.run(
      ["rotate-secret"], gupy: ["url": .string(url), "secrets": secrets])
    #expect(result.status == .exited(78), "\(result)")
    #expect(result.error.contains(": gupy.url: "))
    #expect(side.takeMethods().isEmpty)
  }

  /// A name without a resolver: it is either unknown, or nobody answers.
  @Test func `a host that cannot be looked up is refused, unless that is left out`() async throws {
    let side = try GupySide(FakeGupyAPI())
    let url: [String: JSONValue] = ["url": "https://no-such-host.gatilho.dev.invalid.br/gupy"]
    let refused = try await side.run(["ensure"], gupy: url)
    #expect([.exited(78), .exited(75)].contains(refused.status), "\(refused)")
    #expect(side.takeMethods().isEmpty)
    #expect(try await side.run(["ensure", "--skip-lookup"], gupy: url).status == .exited(0))
  }

  @Test(
    .enabled(if: geteuid() == 0, "a mount namespace needs root"),
    arguments: [("10.9.8.7", 78), ("100.64.0.1", 78), ("203.0.113.9", 0)])
  func `a host that leads inside only is refused`(_ address: String, _ status: Int32) async throws {
    let side = try GupySide(FakeGupyAPI())
    let result = try await side.run(
      ["ensure"], gupy: ["url": "https://hooks.padaria.com.br/gupy"],
      hosts: "127.0.0.1 localhost\n10.0.0.1 hooks.padaria.com.br\n\(address) hooks.padaria.com.br\n"
    )
    #expect(result.status == .exited(status), "\(result)")
    if status == 78 {
      #expect(
        result.error.contains(
          "gupy.url: hooks.padaria.com.br leads to 10.0.0.1, \(address), where Gupy cannot come"))
      #expect(side.takeMethods().isEmpty)
    }
  }

  @Test func `an id that is not there cannot be adopted`() async throws {
    let side = try GupySide(FakeGupyAPI())
    let result = try await side.run(["ensure", "--adopt", "9"])
    #expect(result.status == .exited(65))
    #expect(result.error.hasPrefix("--adopt 9: Gupy has no such webhook"))
    #expect(side.takeMethods() == ["GET"])
  }

  @Test func `list shows what Gupy has, and what of it is ours`() async throws {
    let foreign = GupySide.webhook(
      12, "candidate.hired", ["postbackUrl": "https://u:p@ats.example.com/x?key=k3y"])
    let side = try GupySide(FakeGupyAPI(GupySide.both + [foreign]))
    let table = try await side.run([])
    #expect(table.status == .exited(0))
    #expect(
      table.text == """
           id  action               status  address                        technical owner
        *  1   application.created  active  \(GupySide.url)       Ana Lima, ana@padaria.com.br
        *  2   application.moved    active  \(GupySide.url)       Ana Lima, ana@padaria.com.br
           12  candidate.hired      active  https://…@ats.example.com/x?…  Ana Lima, ana@padaria.com.br

        """)
    let json = try await side.run(["list", "--json"], gupy: ["url": .null, "techOwner": .null])
    let list = try #require(JSONValue(Array(json.text.utf8)))
    #expect(list.at("/0/ours") == false)
    #expect(list.at("/2/id") == "12")
    #expect(list.at("/2/postbackUrl") == "https://…@ats.example.com/x?…")
    #expect(list.at("/0/clientHeaders") == nil)
    let empty = try await GupySide(FakeGupyAPI()).run(["list"])
    #expect(empty.text == "Gupy has no webhook: gatilhoctl webhooks ensure\n")
  }

  @Test func `delete takes away ours after a yes, and no other`() async throws {
    let foreign = GupySide.webhook(9, "candidate.hired")
    let side = try GupySide(FakeGupyAPI(GupySide.both + [foreign]))
    let asked = try await side.run(["delete"])
    #expect(asked.status == .exited(64))
    #expect(asked.error.contains("which keeps no event to send it later"))
    #expect(side.takeMethods() == ["GET"])
    let deleted = try await side.run(["delete", "--yes"])
    #expect(deleted.status == .exited(0))
    #expect(side.fake.webhooks == [foreign])
    let none = try await side.run(["delete", "--yes"])
    #expect(none.status == .exited(1))
    #expect(none.error == "Gupy has none of ours\n")
    #expect(try await side.run(["delete", "--id", "8", "--id", "9", "--yes"]).status == .exited(1))
    #expect(side.fake.webhooks == [foreign])
    #expect(try await side.run(["delete", "--id", "9", "--yes"]).status == .exited(0))
    #expect(side.fake.webhooks.isEmpty)
  }
}
