import Glibc
import Gupy
import Sandbox
import Synchronization
import TestSupport
import Testing

/// What the far end of a simulation sees.
@Suite struct SimulationTests {
  /// Two hours in 12 ms.
  private static let fast = Simulation.waits(speed: 600_000)
  private static let fine = LoopbackServer.http(200, #"{"status":"accepted"}"#)

  private func events(_ count: Int) -> [GupyEvent] {
    let start = Timestamp(milliseconds: 1_772_649_012_345)
    return SimulatedEvents(count: count, seed: 5, start: start).all
  }

  /// Plays a simulation against a server that closes after each answer.
  private func play(
    _ count: Int, contentType: String? = nil, _ options: Simulation.Options,
    _ answer: @escaping @Sendable (String) -> LoopbackServer.Reaction
  ) async -> (report: SimulationReport, requests: [String], connections: Int) {
    let server = LoopbackServer { answer($1) }
    var gupy = FakeGupy(url: server.url, caFile: nil)
    if let contentType { gupy.contentType = contentType }
    let simulation = Simulation(events(count), from: gupy, secret: "s", options: options)
    await simulation.run()
    return (simulation.report, server.requests, server.connectionCount)
  }

  private func options(
    _ change: (inout Simulation.Options) -> Void = { _ in }
  ) -> Simulation.Options {
    var options = Simulation.Options()
    options.waits = Self.fast
    change(&options)
    return options
  }

  @Test func `Gupy repeats after 1, 5, 15 and 30 minutes, and every 30 until two hours are over`() {
    #expect(Simulation.waits() == [1, 5, 15, 30, 30, 30].map { .seconds($0 * 60) })
    #expect(Simulation.waits().reduce(.zero, +) <= .seconds(7_200))
    #expect(Simulation.waits().reduce(.seconds(1_800), +) > .seconds(7_200))
    #expect(Simulation.waits(speed: 60) == [1, 5, 15, 30, 30, 30].map { .seconds($0) })
  }

  @Test func `each event is a connection of its own with Gupy's headers`() async {
    let played = await play(40, options()) { _ in .answer(Self.fine) }
    #expect(played.requests.count == 40)
    #expect(played.connections == 40)
    for request in played.requests {
      #expect(request.hasPrefix("POST / HTTP/1.1\r\n"))
      #expect(request.contains("\r\nContent-Type: application/json;charset=utf-8\r\n"))
      #expect(request.contains("\r\nAuthorization: s\r\n"))
    }
    #expect(
      Set(played.requests.compactMap { $0.split(separator: "\r\n\r\n").last.map(String.init) })
        == Set(events(40).map { String(decoding: $0.body, as: UTF8.self) }))
    #expect(played.report.answers == ["200 accepted": 40])
    #expect(played.report.taken == Set(0..<40))
    #expect(played.report.isClean)
  }

  @Test func `without a content type there is none`() async {
    let played = await play(3, contentType: "", options()) { _ in .answer(Self.fine) }
    #expect(played.requests.count == 3)
    for request in played.requests { #expect(!request.lowercased().contains("content-type")) }
  }

  @Test func `what is not answered 200 comes seven times, and then it is given up`() async {
    let played = await play(5, options()) { _ in .answer(LoopbackServer.http(503)) }
    #expect(played.requests.count == 35)
    #expect(Set(played.requests).count == 5)
    #expect(played.report.answers == ["503": 35])
    #expect(played.report.repeats == 30)
    #expect(played.report.givenUp == Set(0..<5))
    #expect(played.report.taken.isEmpty)
    #expect(!played.report.isClean)
  }

  @Test func `a connection that ends without an answer is repeated too, and so is a 204`() async {
    let seen = Mutex<Set<String>>([])
    let played = await play(10, options()) { request in
      guard seen.withLock({ $0.insert(request).inserted }) else { return .answer(Self.fine) }
      return request.utf8.count.isMultiple(of: 2) ? .close : .answer(LoopbackServer.http(204, ""))
    }
    #expect(played.requests.count == 20)
    let failed = (played.report.answers["no answer"] ?? 0) + (played.report.answers["204"] ?? 0)
    #expect(failed == 10)
    #expect(played.report.taken.count == 10)
    #expect(played.report.isClean)
  }

  @Test(arguments: [0, 30, 100])
  func `so many events come again after their 200, with the same bytes`(_ percent: Int) async {
    let played = await play(200, options { $0.duplicates = percent }) { _ in .answer(Self.fine) }
    let copies = played.requests.count - Set(played.requests).count
    #expect(Set(played.requests).count == 200)
    #expect(copies == played.report.copies.sent)
    #expect([0: 0...0, 30: 35...85, 100: 200...200][percent]?.contains(copies) == true)
  }

  @Test func `a copy that is never answered 200 is given up, and that is no success`() async {
    let seen = Mutex<Set<String>>([])
    let played = await play(2, options { $0.duplicates = 100 }) { request in
      let isNew = seen.withLock { $0.insert(request).inserted }
      return .answer(isNew ? Self.fine : LoopbackServer.http(500))
    }
    #expect(played.report.taken.count == 2)
    #expect(played.report.copies.givenUp == 2)
    #expect(played.requests.count == 2 + 2 * 7)
    #expect(!played.report.isClean)
  }

  @Test func `no more deliveries are under way at once than there are senders`() async {
    let underWay = Mutex((now: 0, most: 0))
    _ = await play(60, options { $0.concurrency = 3 }) { _ in
      underWay.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
      // The first wait for the others; those who come later give a fourth a moment to come.
      for _ in 0..<20_000 where underWay.withLock(\.most) < 3 { usleep(3_000) }
      usleep(3_000)
      underWay.withLock { $0.now -= 1 }
      return .answer(Self.fine)
    }
    #expect(underWay.withLock(\.most) == 3)
  }

  @Test func `the wait for a repeat is the timetable's`() async {
    let start = ContinuousClock.now
    let played = await play(1, options { $0.waits = Simulation.waits(speed: 6_000) }) { _ in
      .answer(LoopbackServer.http(503))
    }
    #expect(played.requests.count == 7)
    #expect(ContinuousClock.now - start >= .milliseconds(1_110))
  }

  @Test func `cancelled, it ends with what is under way`() async {
    let begun = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      await play(1_000, options { $0.rate = 20 }) { _ in
        begun.continuation.yield()
        return .answer(Self.fine)
      }
    }
    for await _ in begun.stream { break }
    task.cancel()
    let played = await task.value
    #expect(1..<1_000 ~= played.requests.count)
    #expect(played.report.taken.count == played.requests.count)
  }
}
