import HTTPClient
import JSON
import TestSupport
import Testing

@testable import Messaging

/// An answer counts from the moment its status stands, in each of a profile's calls.
@Suite struct BrokenBodyTests {
  /// A status, the headers before the body, and what both mean without a rule.
  struct Status: Sendable, CustomTestStringConvertible {
    let code: Int
    var headers = ""
    let verdict: Verdict
    var testDescription: String { "\(code) \(headers.dropLast(2))" }

    static let all =
      [300, 301, 302, 307, 308, 401, 402, 403, 404, 405, 407, 411, 415, 421, 423, 426].map {
        Status(code: $0, verdict: .misconfigured)
      }
      + [408, 425, 429].map { Status(code: $0, verdict: .unavailable) }
      + [400, 406, 409, 410, 413, 418, 422, 451, 499].map { Status(code: $0, verdict: .rejected) }
      + [200, 201, 202, 299, 500, 502, 503, 504, 599].map {
        Status(code: $0, verdict: .unconfirmed)
      }
      + [
        Status(code: 429, headers: "Retry-After: 30\r\n", verdict: .unavailable),
        Status(code: 503, headers: "Retry-After: 30\r\n", verdict: .unavailable),
        Status(code: 503, headers: "Retry-After: soon\r\n", verdict: .unconfirmed),
      ]
  }

  private static let id = "m-1"

  /// Its rules look into the body, but for one of the question's.
  private func provider(_ url: String, prepares: Bool = false) throws -> Provider {
    let prepare = """
      prepare: { get: "/prepare", take: { to: "/to" }, answers: [{ status: 200, is: "accepted" }] },
      """
    let text = """
      { base: "https://provider.example", \(prepares ? prepare : "")
        send: { post: "/send", json: { to: "\(prepares ? "{{prepare.to}}" : "x")" }, answers: [
          { status: "2xx", body: { "/ok": true }, messageId: "/id", is: "accepted" },
          { body: { "/code": 5 }, is: "rejected" }, { reason: "/code" }] },
        confirm: { get: "/ask", answers: [
          { status: 200, body: { "/found": true }, is: "accepted" },
          { status: 200, is: "unavailable" }, { status: 404, is: "unavailable" }] } }
      """
    let reader = try StrictReader(json5: Array(text.utf8), file: "p.json")
    let profile = try ProviderProfile(reader, name: "p", paths: [])
    return try Provider(profile, values: [:], baseURL: url, caFile: nil)
  }

  private func limits(_ broken: BrokenBody) -> HTTPLimits {
    HTTPLimits(total: .seconds(broken.isSilent ? 3 : 60))
  }

  private func deliver(
    _ provider: Provider, _ limits: HTTPLimits
  ) async throws -> Delivery {
    let message = Message(
      id: Self.id, recipient: "+5511955550101", template: nil, parameters: [], fields: [:],
      settings: [:])
    return try await onThread {
      try provider.deliver(
        provider.pending(message), with: HTTPClient(), limits: limits)
    }
  }

  @Test(arguments: Status.all, BrokenBody.allCases)
  func `a status means the same with a body that breaks`(
    _ status: Status, _ broken: BrokenBody
  ) async throws {
    let server = LoopbackServer { _, _ in broken.reaction(status.code, headers: status.headers) }
    defer { server.stop() }
    let delivery = try await deliver(provider(server.url), limits(broken))
    #expect(delivery.verdict == status.verdict)
    #expect(delivery.httpStatus == status.code)
    #expect(delivery.retryAfter == (status.headers.contains("30") ? 30 : nil))
    #expect((delivery.reason == nil) == (status.verdict != .unconfirmed))
    #expect(server.requests.count == 1)
  }

  @Test(arguments: Status.all.filter { $0.code != 200 }, [BrokenBody.cut, .tooLarge, .reset])
  func `before the message too, and nothing is in doubt`(
    _ status: Status, _ broken: BrokenBody
  ) async throws {
    let server = LoopbackServer { _, _ in broken.reaction(status.code, headers: status.headers) }
    defer { server.stop() }
    let delivery = try await deliver(provider(server.url, prepares: true), limits(broken))
    #expect(delivery.verdict == (status.verdict == .unconfirmed ? .unavailable : status.verdict))
    #expect(delivery.httpStatus == status.code)
    #expect(server.requests.count == 1)
  }

  @Test(arguments: BrokenBody.allCases)
  func `a preparation whose body breaks gives nothing, and nothing is sent`(
    _ broken: BrokenBody
  ) async throws {
    let server = LoopbackServer { _, _ in broken.reaction(200) }
    defer { server.stop() }
    let delivery = try await deliver(provider(server.url, prepares: true), limits(broken))
    #expect(delivery.verdict == .unavailable)
    #expect(server.requests.count == 1)
  }

  /// That a message is nowhere in a list of which nobody knows the rest says nothing.
  @Test(arguments: [(200, Verdict.unconfirmed), (404, .unavailable), (401, .unconfirmed)])
  func `a question is answered by its status where the body plays no part`(
    _ status: Int, _ verdict: Verdict
  ) async throws {
    for broken in BrokenBody.allCases {
      let server = LoopbackServer { _, _ in broken.reaction(status) }
      defer { server.stop() }
      let (provider, limits) = (try provider(server.url), limits(broken))
      let delivery = try await onThread {
        provider.confirm(Self.id, with: HTTPClient(), limits: limits)
      }
      #expect(delivery?.verdict == verdict)
      #expect(delivery?.httpStatus == status)
    }
  }

  @Test(arguments: [
    #"{"found":tr"#, #"{"ok":true,"id":"a""#, #"[{"ok":true,"#, "\u{FEFF}{", " {\"a\":\"\u{0}\"}",
  ])
  func `JSON that breaks off without a word is broken too`(_ text: String) async throws {
    for packs in [false, true] {
      let server = LoopbackServer { _, _ in
        let head = "HTTP/1.1 200 X\r\nConnection: close\r\n"
        guard packs else { return .answerAndClose(head + "\r\n" + text) }
        let body = gzip(Array((text + String(repeating: "}", count: 20)).utf8)).dropLast(28)
        return .bytesAndClose(Array((head + "Content-Encoding: gzip\r\n\r\n").utf8) + body)
      }
      defer { server.stop() }
      let provider = try provider(server.url)
      #expect(try await deliver(provider, HTTPLimits()).verdict == .unconfirmed)
      let asked = try await onThread { provider.confirm(Self.id, with: HTTPClient()) }
      #expect(asked?.verdict == .unconfirmed)
    }
  }

  @Test func `a byte order mark before the answer is skipped`() async throws {
    let server = LoopbackServer { _, _ in
      .answer(LoopbackServer.http(200, "\u{FEFF}{\"ok\":true,\"id\":\"a\"}"))
    }
    let delivery = try await deliver(provider(server.url), HTTPLimits())
    #expect(delivery.verdict == .accepted)
    #expect(delivery.messageId == "a")
  }

  @Test func `what breaks before a status stands leaves the question open`() async throws {
    let server = LoopbackServer { _, _ in .answerAndClose("HTTP/1.1 40") }
    let delivery = try await deliver(provider(server.url), HTTPLimits())
    #expect(delivery.verdict == .unconfirmed)
    #expect(delivery.httpStatus == nil)
  }
}
