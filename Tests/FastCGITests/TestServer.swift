import Glibc
import Synchronization
import TestSupport
import Testing

@testable import FastCGI

/// A server with real libfcgi on a real socket, in a thread of its own.
final class TestServer: Sendable {
  let listener: Int32
  private let thread: pthread_t
  private let threadID: Shared

  /// A number that a thread tells others.
  private final class Shared: Sendable { let value = Atomic<pid_t>(0) }

  /// Starts a worker; without `handle` it describes each request in its answer.
  init(
    limits: Limits = Limits(closing: .seconds(5)), family: Int32 = AF_UNIX,
    lifetime: Lifetime = Lifetime(), webServers: WebServers = .all,
    sharing other: TestServer? = nil,
    handle: @escaping @Sendable (Request) -> Response = TestServer.describe
  ) throws {
    let listener = try other.map { dup($0.listener) } ?? makeListener(family: family)
    self.listener = listener
    let threadID = Shared()
    self.threadID = threadID
    thread = start {
      threadID.value.store(gettid(), ordering: .releasing)
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

  /// Waits until the server's thread waits, as it does for the next connection.
  func waitUntilIdle() {
    for _ in 0..<6_000 {
      let file = open("/proc/self/task/\(threadID.value.load(ordering: .acquiring))/stat", O_RDONLY)
      let state = readAll(file)
      close(file)
      if state.contains(") S ") { return }
      usleep(10_000)
    }
    Issue.record("the server is not idle")
  }

  /// Whether the server ends by itself within a minute; its socket goes on listening.
  func endsByItself() -> Bool {
    for _ in 0..<6_000 {
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
