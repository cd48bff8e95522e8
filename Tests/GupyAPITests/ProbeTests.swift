import JSON
import TestSupport
import Testing

@testable import GupyAPI

/// What stands at an address.
@Suite struct ProbeTests {
  /// A server that answers with what `body` makes of the probe's id.
  private func server(
    _ status: Int, _ body: @escaping @Sendable (String) -> String = { _ in "{}" }
  ) -> LoopbackServer {
    LoopbackServer { _, request in
      let sent = request.firstRange(of: "\r\n\r\n").map { Array(request[$0.upperBound...].utf8) }
      let id = sent.flatMap { JSONValue($0) }.flatMap { JSONPointer("/id")?.value(in: $0)?.text }
      return .answer(LoopbackServer.http(status, body(id ?? "")))
    }
  }

  @Test func `a probe is an event that nobody subscribes to, with the secret`() throws {
    let server = server(200) { #"{"id":"\#($0)","status":"notSubscribed"}"# }
    #expect(Probe(url: server.url + "/gupy").ask(secret: "s") == .accepts)
    let request = try #require(server.requests.first)
    #expect(request.hasPrefix("POST /gupy HTTP/1.1\r\n"))
    #expect(request.contains("\r\nAuthorization: s\r\n"))
    #expect(request.contains("\"event\":\"gatilho.probe\""))
    #expect(request.contains(/"date":"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/))
  }

  @Test(arguments: [
    (200, "", Probe.Result.isAnother), (200, "{}", .isAnother), (200, "fine", .isAnother),
    (200, #"{"id":"other","status":"notSubscribed"}"#, .isAnother),
    (401, "{}", .refusesSecret), (403, "{}", .status(403)), (404, "{}", .status(404)),
    (503, "{}", .status(503)), (204, "", .status(204)),
  ])
  func `anything else is told apart`(_ status: Int, _ body: String, _ result: Probe.Result) {
    let server = server(status) { _ in body }
    #expect(Probe(url: server.url).ask(secret: "s") == result)
  }

  @Test func `where nobody answers, the reason is told`() {
    let result = Probe(url: Nobody.url).ask(secret: "s")
    #expect(result == .unreachable(LibcurlReason.notConnected))
  }

  @Test func `a fresh secret is 43 characters of base64url, and never the same`() {
    let secrets = (0..<100).map { _ in WantedRegistration.freshSecret() }
    #expect(secrets.allSatisfy { $0.wholeMatch(of: /[A-Za-z0-9_-]{43}/) != nil })
    #expect(Set(secrets).count == 100)
  }
}
