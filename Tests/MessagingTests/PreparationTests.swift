import Glibc
import HTTPClient
import JSON
import TestSupport
import Testing

@testable import Messaging

/// What is asked before and after a message.
@Suite struct PreparationTests {
  private func provider(_ url: String) throws -> Provider {
    let text = """
      { base: "https://provider.example", secrets: { key: "the key" },
        prepare: { get: "/{{key}}/{{recipient.digits}}", take: { to: ["/wa", "/id"] },
          answers: [{ status: 200, is: "accepted" }] },
        send: { post: "/{{key}}", json: { to: "{{prepare.to}}" },
          answers: [{ status: 200, is: "accepted" }] },
        confirm: { post: "/ask", json: { id: "{{id}}", key: "{{key}}" },
          answers: [{ status: 200, is: "accepted" }] } }
      """
    let reader = try StrictReader(json5: Array(text.utf8), file: "p.json")
    let profile = try ProviderProfile(reader, name: "p", paths: [])
    return try Provider(profile, values: ["key": "geheim"], baseURL: url, caFile: nil)
  }

  private let message = Message(
    id: "m", recipient: "+5511955550101", template: nil, parameters: [], fields: [:], settings: [:])

  private func deliver(
    _ server: LoopbackServer, limits: HTTPLimits = HTTPLimits()
  ) throws -> Delivery {
    let provider = try provider(server.url)
    return provider.deliver(
      try provider.pending(message), with: HTTPClient(), limits: limits)
  }

  @Test(arguments: [#"{"wa":"w","id":"i"}"#, #"{"wa":null,"id":"w"}"#])
  func `the first place that holds something is taken`(_ answer: String) throws {
    let server = LoopbackServer { _, _ in .answer(LoopbackServer.http(200, answer)) }
    #expect(try deliver(server).verdict == .accepted)
    #expect(server.requests.last?.hasSuffix(#"{"to":"w"}"#) == true)
  }

  @Test(arguments: [
    (500, Verdict.unavailable), (429, .unavailable), (401, .misconfigured), (422, .rejected),
    (204, .unavailable),
  ])
  func `a preparation that fails sends nothing, and nothing is in doubt`(
    _ status: Int, _ verdict: Verdict
  ) throws {
    let server = LoopbackServer { _, _ in .answer(LoopbackServer.http(status, "")) }
    #expect(try deliver(server).verdict == verdict)
    let silent = LoopbackServer { _, _ in .close }
    #expect(try deliver(silent).verdict == .unavailable)
    #expect(server.requests.count == 1)
  }

  /// Each of the two answers within the limit, both together do not.
  @Test func `preparation and message have one time limit`() async throws {
    let server = LoopbackServer { _, _ in
      sleep(4)
      return .answer(LoopbackServer.http(200, #"{"wa":"w"}"#))
    }
    let delivery = try await onThread {
      try deliver(server, limits: HTTPLimits(total: .seconds(7)))
    }
    #expect(delivery.verdict == .unconfirmed)
    #expect(server.requests.count == 2)
  }

  @Test func `a question that fails says nothing of the message`() throws {
    for reaction in [
      LoopbackServer.Reaction.close, .answer(LoopbackServer.http(429)),
      .answer(LoopbackServer.http(422)), .answer(LoopbackServer.http(401)),
    ] {
      let server = LoopbackServer { _, _ in reaction }
      #expect(try provider(server.url).confirm("m", with: HTTPClient())?.verdict == .unconfirmed)
    }
    #expect(try provider(Nobody.url).confirm("m", with: HTTPClient())?.verdict == .unconfirmed)
  }

  @Test func `a preview names what is to come and hides secrets wherever they stand`() throws {
    let requests = try provider("http://127.0.0.1:1").preview(message)
    #expect(
      requests.map(\.url) == [
        "http://127.0.0.1:1/HIDDEN/5511955550101",
        "http://127.0.0.1:1/HIDDEN",
      ])
    #expect(
      requests.last.map { String(decoding: $0.body, as: UTF8.self) } == #"{"to":"<prepare.to>"}"#)
  }

  @Test func `a preview hides a secret that is the whole address, and shows none that is not set`()
    throws
  {
    let settings: [String: JSONValue] = ["url": "https://hooks.example.com/geheim"]
    let provider = try Provider(builtIn("webhook"), values: settings, baseURL: nil, caFile: nil)
    let request = try #require(try provider.preview(message).first)
    #expect(request.url == "HIDDEN")
    #expect(request.headers.map(\.name) == ["Content-Type", "Idempotency-Key"])
  }
}
