import Glibc
import TestSupport
import Testing

@testable import FastCGI

struct WebServersTests {
  private static func webServers(_ list: String?) throws -> WebServers {
    try WebServers(environment: list.map { ["FCGI_WEB_SERVER_ADDRS": $0] } ?? [:])
  }

  @Test(
    arguments: [
      (nil, true), ("", true), ("127.0.0.1", true), ("192.0.2.7, 127.0.0.1 ", true),
      ("::ffff:127.0.0.1", true), ("192.0.2.7", false), ("::1", false),
    ] as [(String?, Bool)])
  func `only the listed addresses are heard by TCP`(list: String?, isHeard: Bool) throws {
    let server = try TestServer(family: AF_INET, webServers: try Self.webServers(list))
    defer { server.stop() }
    #expect((server.ask(Record.post("hello")) != nil) == isHeard)
  }

  @Test func `whoever the unix socket lets in is heard`() throws {
    let server = try TestServer(webServers: try Self.webServers("192.0.2.7"))
    defer { server.stop() }
    #expect(server.ask(Record.post("hello"))?.hasSuffix("hello") == true)
  }

  @Test func `a connection that somebody else has accepted is looked at too`() throws {
    let listener = try makeListener(family: AF_INET)
    defer { close(listener) }
    let client = FastCGIClient(descriptor: makeConnection(to: listener))
    let connection = accept(listener, __SOCKADDR_ARG(), nil)
    client.send(Record.post("hello"))
    let thread = start {
      #expect(throws: Never.self) {
        try Server(webServers: try Self.webServers("192.0.2.7"))
          .run(transport: .connection, input: connection, handle: TestServer.describe)
      }
    }
    #expect(client.answer() == nil)
    pthread_join(thread, nil)
  }

  @Test(arguments: ["localhost", "127.0.0.1,", ",", "127.0.0.1:9000", "10.0.0.0/8", "1", "[::1]"])
  func `a list that holds no address is an error`(list: String) {
    #expect(throws: EnvironmentError.self) { try Self.webServers(list) }
  }
}
