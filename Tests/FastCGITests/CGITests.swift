import Glibc
import Testing

@testable import FastCGI

struct CGITests {
  private static let environment = ["REQUEST_METHOD": "POST", "CONTENT_LENGTH": "5"]

  @Test func `the body comes from the input and the answer goes to the output`() throws {
    let (input, output) = (makePipe(), makePipe())
    write("hello and more", to: input.writing)
    let cgi = CGI(
      input: input.reading, output: output.writing, limits: Limits(), watchdog: try Watchdog())
    let request = cgi.receive(Self.environment)
    cgi.answer(TestServer.describe(request))
    close(output.writing)
    #expect(
      readAll(output.reading) == "Status: 200 OK\r\nContent-Length: 19\r\n\r\nPOST complete hello")
    for descriptor in [input.reading, input.writing, output.reading] { close(descriptor) }
  }

  @Test(arguments: [true, false])
  func `a body that ends or stalls too early is truncated`(ends: Bool) throws {
    let input = makePipe()
    write("hell", to: input.writing)
    if ends { close(input.writing) }
    let cgi = CGI(
      input: input.reading, output: -1, limits: Limits(receive: .milliseconds(200)),
      watchdog: try Watchdog())
    #expect(cgi.receive(Self.environment).body == .truncated)
    if !ends { close(input.writing) }
    close(input.reading)
  }

  @Test func `a web server that does not take the answer is given up`() throws {
    let output = makePipe()
    let cgi = CGI(
      input: -1, output: output.writing, limits: Limits(closing: .milliseconds(200)),
      watchdog: try Watchdog())
    let response = Response(status: .ok, body: [UInt8](repeating: 120, count: 1_000_000))
    let (_, time) = measure { cgi.answer(response) }
    #expect(time >= .milliseconds(200))
    close(output.reading)
    close(output.writing)
  }

  @Test func `what is left of a body is taken to its end`() throws {
    let input = makePipe()
    let cgi = CGI(
      input: input.reading, output: -1, limits: Limits(closing: .seconds(60)),
      watchdog: try Watchdog())
    let writer = start {
      for _ in 0..<100 { write(String(repeating: "x", count: 10_000), to: input.writing) }
      close(input.writing)
    }
    cgi.drain()
    pthread_join(writer, nil)
    #expect(readAll(input.reading) == "")
    close(input.reading)
  }

  @Test func `a body without end is taken until the time is over`() throws {
    signal(SIGPIPE, SIG_IGN)
    let input = makePipe()
    let cgi = CGI(
      input: input.reading, output: -1, limits: Limits(closing: .milliseconds(200)),
      watchdog: try Watchdog())
    let writer = start {
      while write(String(repeating: "x", count: 10_000), to: input.writing) {}
      close(input.writing)
    }
    let (_, time) = measure { cgi.drain() }
    #expect(time >= .milliseconds(200))
    close(input.reading)
    pthread_join(writer, nil)
  }

  @Test func `a CGI program serves one request without the proxy that the client named`() async {
    await #expect(processExitsWith: .success) {
      let (input, output) = (makePipe(), makePipe())
      setenv("REQUEST_METHOD", "POST", 1)
      setenv("CONTENT_LENGTH", "5", 1)
      setenv("HTTP_PROXY", "http://127.0.0.1:1", 1)
      write("hello", to: input.writing)
      try Server().run(transport: .cgi, input: input.reading, output: output.writing) { request in
        let proxy = getenv("HTTP_PROXY") == nil && request.parameters["HTTP_PROXY"] == nil
        return Response(status: .ok, body: Array("\(TestServer.text(request)), \(proxy)".utf8))
      }
      close(output.writing)
      #expect(readAll(output.reading).hasSuffix("\r\n\r\nPOST complete hello, true"))
    }
  }
}
