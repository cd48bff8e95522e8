import HTTPClient
import JSON
import Sandbox
import Synchronization
import TestSupport
import Testing

/// A provider that takes a message, loses its answer, and can be asked.
@Suite struct ConfirmTests {
  private let folder: TemporaryFolder
  private let profile: String

  init() throws {
    folder = try TemporaryFolder()
    profile = try folder.write(
      """
      { base: "https://provider.example",
        prepare: { get: "/accounts?phone={{recipient.e164}}", take: { account: "/account" },
          answers: [{ status: 200, is: "accepted" }] },
        send: { post: "/messages", json: { id: "{{id}}", to: "{{prepare.account}}" },
          answers: [{ status: 200, is: "accepted" }] },
        confirm: { get: "/messages/{{id}}", answers: [
          { status: 200, body: { "/state": "sent" }, messageId: "/id", is: "accepted" },
          { status: 200, body: { "/state": "refused" }, is: "rejected" },
          { status: 200, body: { "/state": "never" }, is: "unavailable" } ] } }
      """, to: "asks.json")
  }

  /// The provider: loses the answer to a message, and says `known` when it is asked.
  private func server(_ known: String, accounts: String = #"{"account":"a-1"}"#) -> LoopbackServer {
    LoopbackServer { _, request in
      if request.hasPrefix("POST ") { return .close }
      return .answer(
        request.contains("/accounts?")
          ? LoopbackServer.http(200, accounts)
          : known.isEmpty ? LoopbackServer.http(429) : LoopbackServer.http(200, known))
    }
  }

  private func play(
    _ server: LoopbackServer, whenUnconfirmed: String = "hold",
    _ body: @Sendable @escaping (Stage, FakeGupy) async throws -> Void
  ) async throws {
    let provider: JSONValue = [
      "profile": .string(profile), "baseURL": .string(server.url),
      "whenUnconfirmed": .string(whenUnconfirmed),
    ]
    let changes: [String: JSONValue] = ["provider": provider, "messages": .null]
    try await onStage(workers: 1, changes: changes, body)
  }

  private func sends(_ server: LoopbackServer) -> Int {
    server.requests.count { $0.hasPrefix("POST ") }
  }

  /// The answer is lost, or says nothing.
  @Test(.serialized, arguments: ["0444", "0204"])
  func `Blip is asked by the event's id, and the candidate reads the message once`(
    _ ending: String
  ) async throws {
    try await onStage(provider: "blip-template") { stage, gupy in
      let event = moved(mobile: Marker.mobile(ending))
      let first = try await gupy.post(event.body)
      #expect(first.status == 503)
      #expect(first.text("/status") == "unconfirmed")
      let second = try await gupy.post(event.body)
      #expect(second.status == 200)
      #expect(second.text("/status") == "accepted")
      #expect(second.text("/messageId") == event.id)
      #expect(try stage.folder.received.all().map(\.id) == [event.id])
    }
  }

  @Test func `an answer whose status says it all is believed, whatever floods in behind`()
    async throws
  {
    try await onStage(provider: "blip-template") { stage, gupy in
      let event = moved(mobile: Marker.mobile("0413"))
      let answer = try await gupy.post(event.body)
      #expect(answer.status == 200)
      #expect(answer.text("/status") == "accepted")
    }
  }

  @Test(arguments: ["hold", "resend"])
  func `what was taken is accepted at the repeat, and sent once`(_ whenUnconfirmed: String)
    async throws
  {
    let server = server(#"{"state":"sent","id":"m-1"}"#)
    try await play(server, whenUnconfirmed: whenUnconfirmed) { _, gupy in
      let event = moved()
      let first = try await gupy.post(event.body)
      #expect(first.status == 503)
      #expect(first.text("/status") == "unconfirmed")
      let second = try await gupy.post(event.body)
      #expect(second.status == 200)
      #expect(second.text("/status") == "accepted")
      #expect(second.text("/messageId") == "m-1")
      #expect(try await gupy.post(event.body).text("/duplicate") == "true")
      #expect(sends(server) == 1)
      #expect(server.requests.first?.hasPrefix("GET /accounts?phone=%2B55119") == true)
      #expect(server.requests.contains { $0.contains(#""to":"a-1""#) })
    }
  }

  @Test(arguments: [#"{"state":"unknown"}"#, "[]", ""])
  func `what it cannot tell stays unconfirmed, and it is asked again`(_ known: String) async throws
  {
    let server = server(known)
    try await play(server, whenUnconfirmed: "resend") { _, gupy in
      let event = moved()
      for _ in 1...3 {
        let answer = try await gupy.post(event.body)
        #expect(answer.status == 503)
        #expect(answer.text("/status") == "unconfirmed")
      }
    }
    #expect(sends(server) == 1)
  }

  @Test func `what it refused is done, and what it never saw is sent`() async throws {
    try await play(server(#"{"state":"refused"}"#)) { _, gupy in
      let event = moved()
      _ = try await gupy.post(event.body)
      #expect(try await gupy.post(event.body).text("/status") == "rejected")
    }
    let server = server(#"{"state":"never"}"#)
    try await play(server) { _, gupy in
      let event = moved()
      _ = try await gupy.post(event.body)
      #expect(try await gupy.post(event.body).text("/status") == "unavailable")
      #expect(sends(server) == 1)
      #expect(try await gupy.post(event.body).text("/status") == "unconfirmed")
      #expect(sends(server) == 2)
    }
  }

  @Test(arguments: [#"{}"#, #"{"account":null}"#, "no JSON"])
  func `without what the message needs nothing is sent`(_ accounts: String) async throws {
    let server = server("", accounts: accounts)
    try await play(server) { _, gupy in
      let answer = try await gupy.post(moved().body)
      #expect(answer.status == 503)
      #expect(answer.text("/status") == "unavailable")
    }
    #expect(sends(server) == 0)
  }

  @Test func `retry asks before it sends what may have been sent`() async throws {
    let server = server(#"{"state":"sent","id":"m-1"}"#)
    try await play(server) { stage, gupy in
      _ = try await gupy.post(moved().body)
      let result = try await stage.retry("--status", "unconfirmed", "--yes")
      #expect(result.text.hasSuffix("\naccepted 1\n"))
    }
    #expect(sends(server) == 1)
  }
}
