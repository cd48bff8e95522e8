import Glibc
import TestSupport
import Testing

@testable import HTTPClient

@Suite struct HTTPClientTests {
  private let client = HTTPClient()

  private func post(_ url: String, _ body: String = "{\"a\":1}") -> HTTPRequest {
    HTTPRequest(
      method: .post, url: url, headers: [.init(name: "X-Key", value: "k")],
      body: Array(body.utf8))
  }

  /// Waits until the server's threads have come so far.
  private func wait(_ holds: () -> Bool) {
    for _ in 0..<6_000 where !holds() { usleep(10_000) }
    #expect(holds())
  }

  @Test func `a POST arrives with its headers and body, without Expect, over HTTP 1.1`() throws {
    let server = LoopbackServer { _, _ in .answer(LoopbackServer.http(200, "fine")) }
    // libcurl asks with Expect from 1 MiB.
    let body = String(repeating: "x", count: 1_100_000)
    let answer = try client.send(
      post(server.url + "/v1", body), limits: HTTPLimits(total: .seconds(300)))
    #expect(answer == HTTPResponse(status: 200, body: Array("fine".utf8)))
    let request = try #require(server.requests.first)
    #expect(request.hasPrefix("POST /v1 HTTP/1.1\r\n"))
    #expect(request.contains("X-Key: k\r\n"))
    #expect(!request.contains("Expect"))
    #expect(request.hasSuffix("\r\n\r\n" + body))
  }

  @Test func `PUT brings its body once, DELETE brings none, and a GET after them is a GET`() throws
  {
    let server = LoopbackServer { number, _ in
      number == 4 ? .close : .answer(LoopbackServer.http())
    }
    for (method, body) in [
      (HTTPRequest.Method.put, "new"), (.delete, ""), (.get, ""), (.post, "more"), (.put, "last"),
    ] {
      let request = HTTPRequest(
        method: method, url: server.url + "/1", headers: [], body: Array(body.utf8))
      if body == "last" {
        #expect(throws: HTTPError.self) { try client.send(request) }
      } else {
        #expect(try client.send(request).status == 200)
      }
    }
    let sent = server.requests.map { request in
      let body = request.firstRange(of: "\r\n\r\n").map { String(request[$0.upperBound...]) }
      return [String(request.prefix { $0 != " " }), body]
    }
    #expect(
      sent == [["PUT", "new"], ["DELETE", ""], ["GET", ""], ["POST", "more"], ["PUT", "last"]])
    #expect(server.requests[1].contains("Content-Length") == false)
  }

  @Test func `a second request travels on the same connection`() throws {
    let server = LoopbackServer { _, _ in .answer(LoopbackServer.http()) }
    for _ in 0..<3 { _ = try client.send(post(server.url)) }
    #expect(server.requests.count == 3)
    #expect(server.connectionCount == 1)
  }

  @Test func `a provider that takes a POST on a reused connection and closes sees it once`() throws
  {
    let server = LoopbackServer { number, _ in
      number == 0 ? .answer(LoopbackServer.http()) : .close
    }
    _ = try client.send(post(server.url))
    #expect(throws: HTTPError.noAnswer(reason: LibcurlReason.cannotRewind)) {
      try client.send(post(server.url, "second"))
    }
    #expect(server.requests.count == 2)
    #expect(server.requests.filter { $0.hasSuffix("second") }.count == 1)
    // libcurl opens another connection before it gives up, and sends not a byte on it. The server
    // takes them in their order: who comes now is behind it.
    #expect(throws: HTTPError.self) { try HTTPClient().send(post(server.url, "third")) }
    wait { server.endedCount == server.connectionCount }
    #expect(server.halfRequests == [])
  }

  @Test func `a connection that died while it was idle is replaced, and the body is sent once`()
    throws
  {
    let server = LoopbackServer { number, _ in
      number == 0 ? .answerAndClose(LoopbackServer.http()) : .answer(LoopbackServer.http())
    }
    _ = try client.send(post(server.url))
    wait { server.endedCount == 1 }
    #expect(try client.send(post(server.url, "second")).status == 200)
    #expect(server.requests.count == 2)
  }

  @Test func `nothing is sent where nobody listens`() {
    #expect(throws: HTTPError.notSent(reason: LibcurlReason.notConnected)) {
      try client.send(post(Nobody.url))
    }
  }

  @Test func `nothing is sent while the TLS handshake hangs`() {
    let server = LoopbackServer { _, _ in .close }
    let url = "https://127.0.0.1:\(server.port)"
    let start = ContinuousClock.now
    #expect(throws: HTTPError.notSent(reason: LibcurlReason.timeout)) {
      try client.send(
        post(url), limits: HTTPLimits(total: .seconds(300), connect: .milliseconds(300)))
    }
    #expect(ContinuousClock.now - start < .seconds(120))
    wait { !server.halfRequests.isEmpty }
    // HTTP/2 would not be refused by a server that speaks it: it is not even offered (ALPN).
    #expect(server.halfRequests.map { $0.contains("http/1.1") } == [true])
    #expect(server.halfRequests.map { $0.contains("\u{2}h2") } == [false])
  }

  @Test func `a provider that hangs leaves the question open, in time`() {
    let server = LoopbackServer { _, _ in .silence(seconds: 300) }
    let start = ContinuousClock.now
    #expect(throws: HTTPError.noAnswer(reason: LibcurlReason.timeout)) {
      try client.send(
        post(server.url), limits: HTTPLimits(total: .seconds(2), connect: .seconds(2)))
    }
    #expect(ContinuousClock.now - start < .seconds(120))
  }

  @Test func `of an answer larger than the bound the status counts, and the body is absent`()
    throws
  {
    let server = LoopbackServer { _, _ in
      .answer(LoopbackServer.http(200, String(repeating: "y", count: 5_000)))
    }
    let cut = try client.send(post(server.url), limits: HTTPLimits(answer: 4_999))
    #expect(cut.status == 200)
    #expect(cut.body.isEmpty)
    #expect(cut.bodyFailure != nil)
    let whole = try client.send(post(server.url), limits: HTTPLimits(answer: 5_000))
    #expect(whole.body.count == 5_000)
    #expect(whole.bodyFailure == nil)
  }

  @Test(arguments: [200, 301, 401, 429, 503], BrokenBody.allCases)
  func `the status stands whatever becomes of the body`(
    _ status: Int, _ broken: BrokenBody
  ) async throws {
    let server = LoopbackServer { _, _ in
      broken.reaction(status, headers: "Retry-After: 30\r\n")
    }
    defer { server.stop() }
    let url = server.url
    let patience = Duration.seconds(broken.isSilent ? 3 : 60)
    let start = ContinuousClock.now
    let answer = try await onThread {
      try HTTPClient().send(
        HTTPRequest(method: .post, url: url, headers: [], body: [0x7B, 0x7D]),
        limits: HTTPLimits(total: patience))
    }
    #expect(answer.status == status)
    #expect(answer.retryAfter == "30")
    #expect(answer.body.isEmpty)
    #expect(answer.bodyFailure != nil)
    if broken == .cutInHeaders { #expect(answer.bodyFailure == LibcurlReason.cutShort) }
    if broken.isSilent { #expect(ContinuousClock.now - start >= patience) }
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [
    "", "H", "HTTP/1.1 40", "HTTP/1.1 401", "HTTP/1.1 401 Unauthorized\r",
    "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 4",
    "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", "no HTTP at all\r\n\r\n",
  ])
  func `what ends before the end of its status line is no answer`(_ text: String) {
    let server = LoopbackServer { _, _ in .answerAndClose(text) }
    do throws(HTTPError) {
      let answer = try client.send(post(server.url))
      Issue.record("an answer: \(answer.status)")
    } catch {
      guard case .noAnswer = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test func `after an announcement comes the answer, and a status with nothing behind it stands`()
    throws
  {
    let server = LoopbackServer { number, _ in
      .answerAndClose(
        number == 0
          ? "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 403 X\r\n" : "HTTP/1.1 404 X\r\n")
    }
    #expect(try client.send(post(server.url)).status == 403)
    #expect(try client.send(post(server.url)).status == 404)
  }

  @Test func `chunks with lines behind them are a whole body`() throws {
    let server = LoopbackServer { _, _ in
      .answer(
        "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfine\r\n0\r\nX-Sum: 1\r\n\r\n")
    }
    let answer = try client.send(post(server.url))
    #expect(answer == HTTPResponse(status: 200, body: Array("fine".utf8)))
  }

  @Test func `a redirect is an answer and is not followed`() throws {
    let server = LoopbackServer { _, _ in
      .answer(LoopbackServer.http(307, headers: "Location: /elsewhere\r\n"))
    }
    #expect(try client.send(post(server.url)).status == 307)
    #expect(server.requests.count == 1)
  }

  @Test(arguments: ["120", "Wed, 21 Oct 2026 07:28:00 GMT"])
  func `Retry-After is handed on as sent`(_ value: String) throws {
    let server = LoopbackServer { _, _ in
      .answer(
        LoopbackServer.http(
          429, headers: "Retry-After: \(value)\r\nDate: Wed, 21 Oct 2026 07:26:00 GMT\r\n"))
    }
    let answer = try client.send(post(server.url))
    #expect(answer.retryAfter == value)
    #expect(answer.secondsToWait() == 120)
  }

  @Test func `a failure without a body to ask for leaves the question open`() {
    #expect(throws: HTTPError.noAnswer(reason: LibcurlReason.notConnected)) {
      try client.send(post(Nobody.url, ""))
    }
  }
}
