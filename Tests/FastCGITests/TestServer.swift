import Glibc
import Synchronization
import TestSupport
import Testing

@testable import FastCGI

/// A server with real libfcgi on a real socket, in a thread of its own.
final class TestServer: Sendable {
  let listener: Int32
  private let thread: pthread_t

  /// Starts a worker; without `handle` it describes each request in its answer.
  init(
    limits: Limits = Limits(closing: .milliseconds(300)), family: Int32 = AF_UNIX,
    lifetime: Lifetime = Lifetime(), webServers: WebServers = WebServers(),
    sharing other: TestServer? = nil,
    handle: @escaping @Sendable (Request) -> Response = TestServer.describe
  ) throws {
    let listener = try other.map { dup($0.listener) } ?? makeListener(family: family)
    self.listener = listener
    thread = start {
      #expect(throws: Never.self) {
        try Server(limits: limits, lifetime: lifetime, webServers: webServers)
          .run(transport: .worker, input: listener, handle: handle)
      }
    }
  }

  /// Sends the server's thread a signal.
  func signal(_ number: Int32) {
    pthread_kill(thread, number)
  }

  /// Asks the server to stop as SIGTERM does, and waits until it has.
  func stop() {
    signal(SIGTERM)
    pthread_join(thread, nil)
    close(listener)
  }

  /// Whether the server ends by itself within five seconds; its socket goes on listening.
  func endsByItself() -> Bool {
    for _ in 0..<500 {
      if pthread_tryjoin_np(thread, nil) == 0 { return true }
      usleep(10_000)
    }
    return false
  }

  /// A new connection to the server.
  func connect() -> FastCGIClient {
    FastCGIClient(descriptor: makeConnection(to: listener))
  }

  /// Sends records on a new connection and returns the answer.
  func ask(_ records: [UInt8]) -> String? {
    let client = connect()
    client.send(records)
    return client.answer()
  }

  /// An answer whose content tells what was received.
  @Sendable static func describe(_ request: Request) -> Response {
    Response(status: .ok, body: Array(text(request).utf8))
  }

  /// A request in a few words.
  static func text(_ request: Request) -> String {
    switch request.body {
    case .complete(let bytes):
      "\(request.method) complete \(String(decoding: bytes, as: UTF8.self))"
    case .noLength: "\(request.method) noLength"
    case .tooLarge(let limit): "\(request.method) tooLarge \(limit)"
    case .truncated: "\(request.method) truncated"
    }
  }
}
