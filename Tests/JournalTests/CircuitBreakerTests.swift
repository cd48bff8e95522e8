import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Journal

@Suite struct CircuitBreakerTests {
  private let folder: TemporaryFolder
  private let breaker: CircuitBreaker
  private let now: Int64 = 1_772_649_012_345

  init() throws {
    folder = try TemporaryFolder()
    breaker = Journal(state: folder.path).breaker
  }

  private func isSending(_ now: Int64) throws -> Bool { try breaker.enter(now: now) != nil }

  /// Messages that fail one after the other.
  private func fail(_ times: Int, verdict: String = "unavailable", after: Int64 = 0) throws {
    for _ in 0..<times {
      let permit = try #require(try breaker.enter(now: now + after))
      permit.note(ProviderFailure(at: now + after, verdict: verdict))
    }
  }

  @Test func `three failures in a row open it for a minute`() throws {
    #expect(try isSending(now))
    try fail(2)
    #expect(try isSending(now))
    try fail(1)
    #expect(try !isSending(now))
    #expect(try !isSending(now + 59_999))
    #expect(try isSending(now + 60_000))
  }

  @Test func `a success closes it, and then three more have to fail`() throws {
    try fail(2)
    try breaker.enter(now: now)?.noteSuccess(now: now)
    try fail(2)
    #expect(try isSending(now))
    try fail(1)
    try breaker.enter(now: now + 60_000)?.noteSuccess(now: now + 60_000)
    #expect(try isSending(now))
  }

  @Test func `then one probes, and the next when that is done or dead`() throws {
    try fail(3)
    var first = try breaker.enter(now: now + 60_000)
    #expect(first != nil)
    #expect(try !isSending(now + 60_000))
    first = nil
    #expect(try isSending(now + 60_000))
  }

  @Test func `a probe that fails opens it for a minute`() throws {
    try fail(3)
    try fail(1, verdict: "unconfirmed", after: 60_000)
    #expect(try !isSending(now + 119_999))
    #expect(try isSending(now + 120_000))
  }

  @Test func `a prober that does not go on keeps nobody waiting`() throws {
    try fail(3)
    let stopped = try breaker.enter(now: now + 60_000)
    let others = (60...150).filter { second in
      (try? breaker.enter(now: now + Int64(second) * 1_000)) ?? nil != nil
    }
    #expect(others.first == 91 && others.count == 60)
    withExtendedLifetime(stopped) {}
  }

  @Test func `what an expired prober brings changes nothing`() throws {
    try fail(3)
    let stopped = try #require(try breaker.enter(now: now + 60_000))
    try fail(1, after: 100_000)
    stopped.noteSuccess(now: now + 100_000)
    #expect(try !isSending(now + 100_000))
    try breaker.enter(now: now + 170_000)?.noteSuccess(now: now + 170_000)
    for _ in 0..<3 { stopped.note(ProviderFailure(at: now + 180_000, verdict: "unavailable")) }
    #expect(try isSending(now + 180_000))
    #expect(breaker.trouble(now: now + 180_000) == nil)
  }

  @Test func `after a failure no more are on their way than may still fail`() throws {
    var sending = [try breaker.enter(now: now), try breaker.enter(now: now)]
    #expect(try isSending(now))
    try #require(sending[0]).note(ProviderFailure(at: now, verdict: "unavailable"))
    #expect(try !isSending(now))
    sending.removeLast()
    #expect(try isSending(now))
    try fail(1)
    #expect(try !isSending(now))
    sending.removeLast()
    #expect(try isSending(now))
  }

  @Test func `senders that do not go on keep nobody waiting after a failure`() throws {
    let stopped = [try breaker.enter(now: now), try breaker.enter(now: now)]
    try fail(1)
    #expect(try !isSending(now))
    #expect(try isSending(now + 31_000))
    withExtendedLifetime(stopped) {}
  }

  @Test func `it stays open as long as the provider asks for, within reason`() throws {
    for asked in [600, 1 << 62] {
      breaker.close()
      try fail(2)
      try breaker.enter(now: now)?
        .note(ProviderFailure(at: now, verdict: "unavailable", status: 429, retryAfter: asked))
      let end = now + Int64(min(asked, 7_200)) * 1_000
      #expect(try !isSending(end - 1))
      #expect(try isSending(end))
    }
  }

  @Test func `an end that is farther away than it is open is not believed`() throws {
    try fail(3)
    #expect(try isSending(now - 1))
    #expect(try isSending(now - 86_400_000))
  }

  @Test(arguments: ["", "\n\n\n", "{}\n{}\n{}\n", "null\n1\n[]\n", "\u{0}\u{0}\u{0}\n"])
  func `a file that cannot be read opens nothing, and failures still count`(
    _ text: String
  ) throws {
    try folder.write(text, to: "provider.jsonl")
    #expect(try isSending(now))
    try fail(3)
    #expect(try !isSending(now))
  }

  @Test func `an earlier version's failures count, and its probe waits for ours`() throws {
    let line = #"{"at":1772649012345,"verdict":"misconfigured"}"# + "\n"
    try folder.write(line + line + line, to: "provider.jsonl")
    #expect(breaker.trouble(now: now)?.latest.cause == "misconfigured")
    #expect(try !isSending(now))
    let probe = try breaker.enter(now: now + 60_000)
    let earlier = try File(folder.path + "/provider.lock", O_RDWR)
    let isFree = try earlier.lockByte(0)
    #expect(probe != nil && !isFree)
    let lines = try String(
      contentsOf: URL(filePath: folder.path + "/provider.jsonl"), encoding: .utf8)
    #expect(lines == line + line + line)
  }

  @Test func `it says why it is open, since when, and who probes`() throws {
    #expect(breaker.trouble(now: now) == nil)
    for second in 0..<3 as Range<Int64> {
      try breaker.enter(now: now + second)?
        .note(ProviderFailure(at: now + second, verdict: "misconfigured", status: 401))
      #expect(breaker.trouble(now: now + second)?.isClosed == (second < 2))
    }
    let open = try #require(breaker.trouble(now: now + 20_002))
    #expect(open.since == now + 2 && open.left == 40_000 && open.prober == nil)
    #expect(open.latest.cause == "misconfigured 401")
    let probe = try breaker.enter(now: now + 61_000)
    let halfOpen = try #require(breaker.trouble(now: now + 62_000))
    #expect(halfOpen.left == nil && !halfOpen.isClosed)
    #expect(halfOpen.prober?.name == "\(getpid())@\(Layout.hostName)")
    withExtendedLifetime(probe) {}
  }

  @Test(arguments: [
    (Int?.none, "Timeout was reached", "unconfirmed: Timeout was reached"),
    (nil, nil, "unconfirmed"), (400, "TEMPLATE_NOT_FOUND", "unconfirmed 400 TEMPLATE_NOT_FOUND"),
    (400, "131026", "unconfirmed 400 131026"), (200, nil, "unconfirmed 200"),
    (400, "Ana", "unconfirmed 400"), (400, "ANA", "unconfirmed 400"),
    (400, "no such number 5511999990000", "unconfirmed 400"),
    (400, "5511999990000", "unconfirmed 400"),
    (400, "529.982.247-25", "unconfirmed 400"), (400, "ana_lima@example.com", "unconfirmed 400"),
  ])
  func `a cause is told in codes, and quotes nobody`(
    _ status: Int?, _ reason: String?, _ cause: String
  ) {
    let failure = ProviderFailure(
      at: now, verdict: "unconfirmed", status: status, reason: reason, retryAfter: nil)
    #expect(failure.cause == cause)
    #expect(ProviderFailure(json: failure.json[...])?.cause == cause)
  }
}
