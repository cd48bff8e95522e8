import Glibc
import TestSupport
import Testing

@testable import FastCGI

struct ServerBoundsTests {
  /// Long enough for a client that this machine lets wait; a client that has to be stopped waits a
  /// minute.
  private static let limits = Limits(
    prompt: .seconds(2), receive: .seconds(2), closing: .seconds(2))

  private static let noRequests: KeyValuePairs<String, [UInt8]> = [
    "nothing": [],
    "one byte": [0],
    "HTTP": Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8),
    "a hundred thousand bytes": [UInt8](repeating: 0xFF, count: 100_000),
    "half a header": Array(Record.begin().prefix(7)),
    "half a record": Array(Record.begin().prefix(12)),
    "a beginning without an end": Record.begin(),
    "half a parameter": Record.begin() + Record.record(4, [14, 200]),
    "parameters without an end": Record.begin() + Record.record(4, [1, 1, 65, 66]),
    "a name of 2 GiB": Record.begin() + Record.record(4, [0xFF, 0xFF, 0xFF, 0xFF, 1, 65]),
    "a name and a value of 2 GiB": Record.begin() + Record.record(4, claim(0xFF, 0xFF)),
    "a name that claims 2 GiB alone": Record.begin() + Record.record(4, claim(0xFF, 1)),
    "a value that claims 2 GiB alone": Record.begin() + Record.record(4, claim(1, 0xFF)),
    "two that come to 2 GiB together": Record.begin() + Record.record(4, claim(0xC0, 0xC0)),
    "a question of twenty names": question(many: 20) + Record.begin(),
    "a question of twenty names after the beginning": Record.begin() + question(many: 20),
    "a question that claims 2 GiB": Record.record(9, claim(0xFF, 0xFF), id: 0),
    "forty questions": Array(repeatElement(question(many: 1), count: 40).joined()),
    "two beginnings": Record.begin() + Record.parameters([]).dropLast(8) + Record.begin(),
    "a NUL": Record.begin() + Record.stream(4, Record.pair([65], [0])) + Record.input([]),
    "a mebibyte": Record.begin() + Record.stream(4, [UInt8](repeating: 0, count: 1_100_000)),
    "an abort among the parameters": Record.begin() + Record.abort,
    "an unknown role": Record.begin(role: 9) + Record.parameters([]) + Record.input([]),
    "another role": Record.begin(role: 2) + Record.parameters([]) + Record.input([]),
    "a body without a beginning": Record.input(Array("hello".utf8)),
  ]

  /// A pair whose lengths begin with these bytes, and hardly anything behind them.
  private static func claim(_ name: UInt8, _ value: UInt8) -> [UInt8] {
    [name, value].flatMap { $0 < 0x80 ? [$0] : [$0, $0, $0, $0] } + [65]
  }

  /// A question about the server's capacity that names one thing so often.
  private static func question(many count: Int) -> [UInt8] {
    let name = Record.pair(Array("FCGI_MPXS_CONNS".utf8), [])
    return Record.record(9, Array(repeatElement(name, count: count).joined()), id: 0)
  }

  @Test(arguments: noRequests.map(\.key))
  func `a client that sends no request is not answered, and the next one is`(
    name: String
  ) throws {
    let bytes = try #require(Self.noRequests.first { $0.key == name }?.value)
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

  @Test(arguments: [
    [], [1], Array(Record.begin().prefix(12)), Record.begin(),
    Record.begin() + Record.record(4, [14, 200]),
  ])
  func `a client that falls silent keeps a worker two seconds, not ten`(bytes: [UInt8]) throws {
    let server = try TestServer(limits: Limits(receive: .seconds(60)))
    defer { server.stop() }
    let silent = server.connect()
    silent.send(bytes)
    let (answer, time) = measure { server.ask(Record.post("hello")) }
    #expect(answer?.hasSuffix("POST complete hello") == true)
    #expect(time < .seconds(20))
    shutdown(silent.descriptor, Int32(SHUT_RDWR))
  }

  @Test func `what has arrived is read, however late the worker gets to it`() throws {
    let (here, there) = socketPair()
    defer { close(here) }
    let client = FastCGIClient(descriptor: there)
    client.send(Record.post("hello"))
    var reader = RecordReader(
      descriptor: here, limits: Limits(prompt: .zero, receive: .zero))
    #expect(reader.request()?.body == .complete(Array("hello".utf8)))
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
