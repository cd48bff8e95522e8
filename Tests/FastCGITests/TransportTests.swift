import Glibc
import Testing

@testable import FastCGI

struct TransportTests {
  private static let cgi = ["GATEWAY_INTERFACE": "CGI/1.1"]

  @Test(arguments: [[:], cgi])
  func `a socket that listens is a worker's`(environment: [String: String]) throws {
    let listener = try makeListener()
    defer { close(listener) }
    #expect(Transport(descriptor: listener, environment: environment) == .worker)
  }

  @Test(arguments: [([:], Transport.connection), (cgi, .cgi)])
  func `a connected socket is one connection unless a CGI program was asked for`(
    environment: [String: String], transport: Transport
  ) {
    let (here, there) = socketPair()
    defer {
      close(here)
      close(there)
    }
    #expect(Transport(descriptor: here, environment: environment) == transport)
  }

  @Test(arguments: [([:], nil), (cgi, Transport.cgi)])
  func `what is neither needs the variable that every CGI program gets`(
    environment: [String: String], transport: Transport?
  ) {
    let (reading, writing) = makePipe()
    let unconnected = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { for descriptor in [reading, writing, unconnected] { close(descriptor) } }
    #expect(Transport(descriptor: reading, environment: environment) == transport)
    #expect(Transport(descriptor: unconnected, environment: environment) == transport)
    #expect(Transport(descriptor: -1, environment: environment) == transport)
  }

  @Test(arguments: [
    (["LISTEN_FDS": "1", "LISTEN_PID": "7"], true),
    (["LISTEN_FDS": "2", "LISTEN_PID": "7"], true),
    (["LISTEN_FDS": "1", "LISTEN_PID": "8"], false),
    (["LISTEN_FDS": "1"], false),
    (["LISTEN_FDS": "0", "LISTEN_PID": "7"], false),
    (["LISTEN_FDS": "one", "LISTEN_PID": "7"], false),
    (["LISTEN_PID": "7"], false),
    ([:], false),
  ])
  func `a socket is passed only to the process that is named`(
    environment: [String: String], isPassed: Bool
  ) {
    #expect(Transport.socketIsPassed(environment, to: 7) == isPassed)
  }

  @Test func `a socket that systemd passes is moved to descriptor 0`() async {
    await #expect(processExitsWith: .success) {
      dup2(try makeListener(), 3)
      let environment = ["LISTEN_FDS": "1", "LISTEN_PID": String(getpid())]
      let isWorker = Transport.detect(environment: environment) == .worker
      exit(isWorker && fcntl(3, F_GETFD) == -1 ? 0 : 1)
    }
  }
}
