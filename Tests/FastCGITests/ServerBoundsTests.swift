import Glibc
import TestSupport
import Testing

@testable import FastCGI

struct ServerBoundsTests {
  /// Long enough for a client that this machine lets wait; a client that has to be stopped waits a
  /// minute.
  private static let limits = Limits(receive: .seconds(2), closing: .seconds(2))

  private static let noRequests: [(bytes: [UInt8], name: String)] = [
    ([], "nothing"),
    ([0], "one byte"),
    (Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8), "HTTP"),
    ([UInt8](repeating: 0xFF, count: 100_000), "a hundred thousand bytes"),
    (Array(Record.begin().prefix(7)), "half a header"),
    (Array(Record.begin().prefix(12)), "half a record"),
    (Record.begin(), "a beginning without an end"),
    (Record.begin() + Record.record(4, [14, 200]), "half a parameter"),
    (Record.begin() + Record.record(4, [1, 1, 65, 66]), "parameters without an end"),
    (Record.begin() + Record.record(4, [0xFF, 0xFF, 0xFF, 0xFF, 1, 65]), "a name of 2 GiB"),
    (Record.begin() + Record.abort, "an abort among the parameters"),
    (Record.begin(role: 9) + Record.parameters([]) + Record.input([]), "an unknown role"),
    (Record.begin(role: 2) + Record.parameters([]) + Record.input([]), "another role"),
    (Record.input(Array("hello".utf8)), "a body without a beginning"),
  ]

  @Test(arguments: noRequests)
  func `a client that sends no request is not answered, and the next one is`(
    bytes: [UInt8], name: String
  ) throws {
    let server = try TestServer(limits: Self.limits)
    defer { server.stop() }
    let client = server.connect()
    client.send(bytes)
    shutdown(client.descriptor, Int32(SHUT_WR))
    #expect(client.answer() == nil)
    #expect(server.ask(Record.post("hello"))?.hasSuffix("POST complete hello") == true)
  }

  @Test(arguments: [
    Array(Record.post("hello").prefix(60)), Record.postHead(length: 5),
    Record.postHead(length: 5) + Record.record(5, Array("hello".utf8)),
  ])
  func `a client that leaves at once does no harm`(bytes: [UInt8]) throws {
    let server = try TestServer(limits: Self.limits)
    defer { server.stop() }
    for _ in 0..<20 { server.connect().send(bytes) }
    #expect(server.ask(Record.post("hello"))?.hasSuffix("POST complete hello") == true)
  }

  @Test(arguments: [
    Record.record(5, Array("hel".utf8)),
    Record.record(5, Array("hel".utf8)) + Record.abort,
    Record.record(5, Array("hel".utf8)) + [1, 5, 0],
    [],
  ])
  func `a body that breaks off is truncated and answered`(records: [UInt8]) throws {
    let server = try TestServer(limits: Self.limits)
    defer { server.stop() }
    let answer = server.ask(Record.postHead(length: 5) + records)
    #expect(answer?.hasSuffix("POST truncated") == true)
  }

  @Test(arguments: [[], Array(Record.post("hello").prefix(60))])
  func `a client that stalls before the body is dropped in time`(bytes: [UInt8]) throws {
    let server = try TestServer(limits: Self.limits)
    defer { server.stop() }
    let (answer, time) = measure { server.ask(bytes) }
    #expect(answer == nil)
    #expect(time >= Self.limits.receive)
  }

  private static let drips: [(head: [UInt8], rest: [UInt8], ending: String?)] = [
    (Record.begin(), Record.stream(4, [UInt8](repeating: 0, count: 20_000)), nil),
    (
      Record.postHead(length: 20_000), Record.input([UInt8](repeating: 65, count: 20_000)),
      "POST truncated"
    ),
  ]

  @Test(arguments: drips)
  func `a client that drips is stopped in time`(
    head: [UInt8], rest: [UInt8], ending: String?
  ) throws {
    let server = try TestServer(limits: Self.limits)
    defer { server.stop() }
    let client = server.connect()
    client.send(head)
    let isTaken = client.drip(rest, every: .milliseconds(1))
    #expect(!isTaken)
    #expect(client.answer().map { String($0.suffix(14)) } == ending)
  }

  @Test(arguments: [AF_UNIX, AF_INET], [Record.begin(), Record.postHead(length: 5)])
  func `a client that sends for ever is dropped in time`(family: Int32, head: [UInt8]) throws {
    let server = try TestServer(limits: Self.limits, family: family)
    defer { server.stop() }
    let flood = server.connect()
    flood.send(head)
    let descriptor = flood.descriptor
    let thread = start {
      let flood = FastCGIClient(descriptor: dup(descriptor))
      let noise = Record.record(5, [UInt8](repeating: 65, count: 60_000), id: 2)
      while flood.send(noise) {}
    }
    #expect(server.ask(Record.post("hello"))?.hasSuffix("POST complete hello") == true)
    shutdown(descriptor, Int32(SHUT_RDWR))
    pthread_join(thread, nil)
  }

  @Test func `a client that drips after the answer is left in time`() throws {
    let server = try TestServer(limits: Self.limits)
    defer { server.stop() }
    let client = server.connect()
    client.send(Record.post("hello"))
    let isTaken = client.drip([UInt8](repeating: 0, count: 20_000), every: .milliseconds(1))
    #expect(!isTaken)
    #expect(server.ask(Record.post("hello"))?.hasSuffix("POST complete hello") == true)
  }

  @Test func `a client that does not read is left in time`() throws {
    let server = try TestServer(limits: Self.limits) { request in
      let isLong = request.body == .complete(Array("long".utf8))
      return Response(status: .ok, body: [UInt8](repeating: 65, count: isLong ? 10_000_000 : 1))
    }
    defer { server.stop() }
    let client = server.connect()
    client.send(Record.post("long"))
    #expect(server.ask(Record.post("short"))?.hasSuffix("\r\n\r\nA") == true)
  }

  @Test func `the time in the handler counts against no limit`() throws {
    let server = try TestServer(limits: Self.limits) { request in
      let isWhole = usleep(2_500_000) == 0
      return Response(status: isWhole ? .ok : .internalServerError)
    }
    defer { server.stop() }
    #expect(server.ask(Record.post("hello"))?.hasPrefix("Status: 200 ") == true)
  }

  @Test func `thousands of requests leave no descriptor and no memory behind`() async {
    await #expect(processExitsWith: .success) {
      let server = try TestServer(limits: Self.limits)
      func askMany(_ count: Int) {
        for number in 0..<count {
          server.connect().send(Record.begin() + Record.record(4, [14, 200]))
          #expect(server.ask(Record.post("hello", length: 5 + number % 2)) != nil)
        }
        server.waitUntilIdle()
      }
      askMany(500)
      let (descriptors, memory) = (Self.openDescriptors(), Self.residentKilobytes())
      askMany(3000)
      #expect(Self.openDescriptors() == descriptors)
      #expect(Self.residentKilobytes() - memory < 4096)
    }
  }

  private static func openDescriptors() -> Int {
    (0..<1024).count { fcntl($0, F_GETFD) != -1 }
  }

  private static func residentKilobytes() -> Int {
    let file = open("/proc/self/statm", O_RDONLY)
    defer { close(file) }
    let pages = readAll(file).split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return (pages ?? 0) * 4
  }
}
