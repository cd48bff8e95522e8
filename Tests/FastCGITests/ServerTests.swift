import Glibc
import Synchronization
import TestSupport
import Testing

@testable import FastCGI

struct ServerTests {
  private static let requests: [(records: [UInt8], content: String)] = [
    (Record.post("hello"), "POST complete hello"),
    (Record.post(""), "POST complete "),
    (Record.post("hello, world", length: 5), "POST complete hello"),
    (Record.post("hell", length: 5), "POST truncated"),
    (Record.post("hello", length: 1_048_577), "POST tooLarge 1048576"),
    (Record.post("hello", [("CONTENT_LENGTH", "4")]), "POST complete hell"),
    (Record.post("hello", [("CONTENT_LENGTH", "")]), "POST noLength"),
    (Record.post("hello", [("CONTENT_LENGTH", "five")]), "POST noLength"),
    (
      Record.begin() + Record.parameters([("REQUEST_METHOD", "GET")]) + Record.input([]),
      "GET complete "
    ),
    (Record.begin() + Record.parameters([]) + Record.input([]), " complete "),
  ]

  @Test(arguments: requests)
  func `a request is answered`(records: [UInt8], content: String) throws {
    let server = try TestServer()
    defer { server.stop() }
    let head = "Status: 200 OK\r\nContent-Length: \(content.utf8.count)\r\n\r\n"
    #expect(server.ask(records) == head + content)
  }

  @Test func `a body of one mebibyte arrives whole, and as large an answer`() throws {
    let server = try TestServer { request in
      guard case .complete(let bytes) = request.body else { return Response(status: .badRequest) }
      return Response(status: .ok, body: bytes)
    }
    defer { server.stop() }
    let body = (0..<65_536).map { "line \($0 % 1000 + 1000) .....\n" }.joined()
    let answer = try #require(server.ask(Record.post(String(body.prefix(1_048_576)))))
    #expect(answer.hasSuffix("\r\n\r\n" + body.prefix(1_048_576)))
  }

  @Test func `the parameters arrive as sent, also ten thousand of them`() throws {
    let server = try TestServer { request in
      let long = request.parameters["LONG"]?.utf8.count ?? 0
      let last = request.parameters["NAME_9999"] ?? ""
      let text =
        "\(request.parameters.all.count > 10_000) \(last) \(long) \(request.header("Á") ?? "")"
      return Response(status: .ok, body: Array(text.utf8))
    }
    defer { server.stop() }
    let many = (0..<10_000).map { ("NAME_\($0)", "value \($0)") }
    let long = ("LONG", String(repeating: "x", count: 600_000))
    let answer = server.ask(Record.post("", many + [long, ("HTTP_Á", "ção")]))
    #expect(answer?.hasSuffix("\r\n\r\ntrue value 9999 600000 ção") == true)
  }

  @Test func `a parameter that is not UTF-8 is repaired`() throws {
    let server = try TestServer { request in
      Response(status: .ok, body: Array((request.parameters["NAME"] ?? "").utf8))
    }
    defer { server.stop() }
    let parameters = Record.pair(Array("NAME".utf8), [0x61, 0xFF, 0x62])
    let answer = server.ask(Record.begin() + Record.stream(4, parameters) + Record.input([]))
    #expect(answer?.hasSuffix("\r\n\r\na\u{FFFD}b") == true)
  }

  @Test func `a connection is closed after one request even if the client would keep it`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let head = Record.begin(keepsConnection: true)
    let request = head + Record.parameters([("REQUEST_METHOD", "GET")]) + Record.input([])
    #expect(server.ask(request)?.hasSuffix("GET complete ") == true)
  }

  @Test func `nobody waits for a client that has its answer and does not close`() throws {
    let server = try TestServer(limits: Limits(closing: .seconds(600)))
    defer { server.stop() }
    let descriptors = (0..<5).map { _ in makeConnection(to: server.listener) }
    defer { for descriptor in descriptors { close(descriptor) } }
    for descriptor in descriptors {
      let client = FastCGIClient(descriptor: dup(descriptor))
      client.send(Record.post("hello"))
      #expect(client.answer()?.hasSuffix("hello") == true)
    }
  }

  @Test func `a question about the server's capacity is answered on the way`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let question = Record.record(9, Record.pair(Array("FCGI_MAX_CONNS".utf8), []), id: 0)
    #expect(server.ask(question + Record.post("hello"))?.hasSuffix("hello") == true)
    let client = server.connect()
    client.send(question + Record.record(77, [1, 2, 3], id: 0) + Record.post("hello"))
    let values = Array(
      "\u{E}\u{1}FCGI_MAX_CONNS1\u{D}\u{1}FCGI_MAX_REQS1\u{F}\u{1}FCGI_MPXS_CONNS0".utf8)
    let unknown = Record.record(11, [77, 0, 0, 0, 0, 0, 0, 0], id: 0)
    #expect(client.receiveAll()?.starts(with: Record.record(10, values, id: 0) + unknown) == true)
  }

  @Test func `the answer repeats the web server's number of the request`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = server.connect()
    let pairs = Record.pair(Array("REQUEST_METHOD".utf8), Array("GET".utf8))
    let parts: [(UInt8, [UInt8])] = [(1, [0, 1, 0, 0, 0, 0, 0, 0]), (4, pairs), (4, []), (5, [])]
    client.send(parts.flatMap { Record.record($0, $1, id: 205) })
    #expect(client.receiveAll()?.prefix(4) == [1, 6, 0, 205])
  }

  @Test func `one connection is served and closed`() throws {
    let (here, there) = socketPair()
    let client = FastCGIClient(descriptor: there)
    client.send(Record.post("hello"))
    let thread = start {
      #expect(throws: Never.self) {
        try Server(limits: Limits(closing: .seconds(5)))
          .run(transport: .connection, input: here, handle: TestServer.describe)
      }
    }
    #expect(client.answer()?.hasSuffix("POST complete hello") == true)
    pthread_join(thread, nil)
  }

  @Test func `two workers on one socket answer many clients at once`() throws {
    let first = try TestServer()
    let second = try TestServer(sharing: first)
    let answers = Atomic(0)
    let clients = (0..<8).map { client in
      start {
        for number in 0..<50 {
          let answer = first.ask(Record.post("\(client)/\(number)"))
          let isRight = answer?.hasSuffix(" \(client)/\(number)") == true
          if isRight { answers.add(1, ordering: .relaxed) }
        }
      }
    }
    for client in clients { pthread_join(client, nil) }
    second.stop()
    first.stop()
    #expect(answers.load(ordering: .relaxed) == 400)
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGQUIT])
  func `a server asked to stop answers the request in hand and takes no other`(
    signal: Int32
  ) throws {
    let handled = Atomic(0)
    let server = try TestServer { request in
      handled.add(1, ordering: .relaxed)
      pthread_kill(pthread_self(), signal)
      return TestServer.describe(request)
    }
    let client = server.connect()
    let waiting = server.connect()
    client.send(Record.post("hello"))
    waiting.send(Record.post("hello"))
    #expect(client.answer()?.hasSuffix("POST complete hello") == true)
    server.stop()
    #expect(handled.load(ordering: .relaxed) == 1)
    #expect(waiting.answer() == nil)
  }

  @Test func `an idle server stops without a further request`() throws {
    let server = try TestServer()
    #expect(server.ask(Record.post("hello")) != nil)
    server.waitUntilIdle()
    server.signal(SIGTERM)
    try #require(server.endsByItself())
  }

  @Test(arguments: [SIGALRM, SIGPIPE, SIGUSR1])
  func `a stray signal does not stop an idle server`(number: Int32) throws {
    let server = try TestServer()
    defer { server.stop() }
    #expect(server.ask(Record.post("hello")) != nil)
    server.waitUntilIdle()
    server.signal(number)
    #expect(server.ask(Record.post("hello"))?.hasSuffix("POST complete hello") == true)
  }
}
