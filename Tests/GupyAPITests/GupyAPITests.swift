import JSON
import Synchronization
import TestSupport
import Testing

@testable import GupyAPI

/// The client against a fake of Gupy's API on loopback, without the pauses.
@Suite struct GupyAPITests {
  /// The pauses that were made, in milliseconds.
  private final class Pauses: Sendable {
    private let all = Mutex<[Int]>([])
    var milliseconds: [Int] { all.withLock(\.self) }
    func add(_ pause: Duration) { all.withLock { $0.append(Int(pause / .milliseconds(1))) } }
  }

  private let pauses = Pauses()
  private let wanted = WantedRegistration(
    action: "application.moved", url: "https://hooks.padaria.com.br/gupy", secret: "s3-cret",
    ownerName: "Ana Lima", ownerEmail: "ana@padaria.com.br")

  private func serve(
    _ fake: FakeGupyAPI, closesAt number: Int? = nil
  ) -> (api: GupyAPI, server: LoopbackServer) {
    let server = LoopbackServer { index, text in
      let answer = fake.answer(text)
      guard index != number else { return .close }
      return .answer(LoopbackServer.http(answer.status, answer.body, headers: answer.headers))
    }
    return (api(server.url), server)
  }

  private func api(_ url: String, token: String = FakeGupyAPI.token) -> GupyAPI {
    let pauses = pauses
    return GupyAPI(baseURL: url, token: token) { pauses.add($0) }
  }

  private func webhooks(_ count: Int64) -> [[String: JSONValue]] {
    (0..<count).map {
      ["id": .integer($0), "action": "candidate.hired", "postbackUrl": .string("https://x/\($0)")]
    }
  }

  private func failure(_ work: () throws(GupyAPIError) -> Void) -> GupyAPIError? {
    do throws(GupyAPIError) {
      try work()
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: FakeGupyAPI.Shape.allCases, [0, 1, 3, 7])
  func `every page of each shape is read, each webhook once`(
    _ shape: FakeGupyAPI.Shape, _ count: Int64
  ) throws {
    let (api, server) = serve(FakeGupyAPI(webhooks(count), shape: shape, pageSize: 3))
    #expect(try api.list().map(\.id) == (0..<count).map(String.init))
    let first = try #require(server.requests.first)
    #expect(first.hasPrefix("GET /webhooks?page=1&perPage=100&fields=all HTTP/1.1\r\n"))
    #expect(first.contains("Authorization: Bearer \(FakeGupyAPI.token)\r\n"))
  }

  @Test func `a page that is not found ends the list, and a first one does not`() throws {
    let fake = FakeGupyAPI(webhooks(3), shape: .data, pageSize: 2)
    let server = LoopbackServer { index, text in
      let answer = fake.answer(text)
      return .answer(LoopbackServer.http(index == 2 ? 404 : answer.status, answer.body))
    }
    #expect(try api(server.url).list().count == 3)
    fake.fail("GET", .status(404))
    #expect(failure { () throws(GupyAPIError) in _ = try api(server.url).list() } == .notFound)
  }

  @Test func `a webhook is made, changed and deleted as Gupy documents it`() throws {
    let fake = FakeGupyAPI()
    let (api, server) = serve(fake)
    try api.create(wanted)
    #expect(JSONValue.object(fake.webhooks[0].filter { $0.key != "id" }) == wanted.body)
    #expect(
      wanted.body.headers == ["Authorization": "s3-cret", "Content-Type": "application/json"])
    try api.update("1000", to: wanted)
    try api.delete("1000")
    #expect(fake.webhooks.isEmpty)
    #expect(
      server.requests.map { $0.prefix { !$0.isNewline } } == [
        "POST /webhooks HTTP/1.1", "PUT /webhooks/1000 HTTP/1.1", "DELETE /webhooks/1000 HTTP/1.1",
      ])
    #expect(
      server.requests.map { $0.contains("Content-Type: application/json\r\n") }.prefix(2)
        == [true, true])
    #expect(pauses.milliseconds.isEmpty)
  }

  @Test(arguments: [
    (FakeGupyAPI.Failure.status(401), GupyAPIError.unauthorized),
    (.status(403), .forbidden), (.status(404), .notFound),
    (.bare(403, retryAfter: nil), .forbidden),
    (.page, .unreadable), (.bare(429, retryAfter: 61), .busy(seconds: 61)),
  ])
  func `what patience cannot mend is said at once`(
    _ failed: FakeGupyAPI.Failure, _ error: GupyAPIError
  ) {
    let fake = FakeGupyAPI()
    fake.fail("GET", failed)
    let (api, server) = serve(fake)
    #expect(failure { () throws(GupyAPIError) in _ = try api.list() } == error)
    #expect(server.requests.count == 1)
    #expect(pauses.milliseconds.isEmpty)
  }

  @Test func `a token that Gupy does not know is said at once`() {
    let (_, server) = serve(FakeGupyAPI())
    let api = api(server.url, token: "other")
    #expect(failure { () throws(GupyAPIError) in _ = try api.list() } == .unauthorized)
  }

  @Test(arguments: [500, 502, 503, 429])
  func `what passes is waited for, longer each time`(_ status: Int) throws {
    let fake = FakeGupyAPI(webhooks(1))
    let bare = FakeGupyAPI.Failure.bare(status, retryAfter: nil)
    fake.fail("GET", bare, bare, bare)
    let (api, server) = serve(fake)
    #expect(try api.list().count == 1)
    #expect(server.requests.count == 4)
    #expect(
      zip(pauses.milliseconds, [500...1_000, 1_000...2_000, 2_000...4_000]).allSatisfy {
        $1.contains($0)
      })
    fake.fail("GET", bare, bare, bare, bare)
    let error: GupyAPIError = status == 429 ? .busy(seconds: nil) : .failing(status)
    #expect(failure { () throws(GupyAPIError) in _ = try api.list() } == error)
    #expect(pauses.milliseconds.count == 6)
  }

  @Test func `a server that asks for patience gets as much as it asks for`() throws {
    let fake = FakeGupyAPI()
    fake.fail("GET", .bare(429, retryAfter: 7))
    let (api, _) = serve(fake)
    #expect(try api.list().isEmpty)
    #expect(pauses.milliseconds == [7_000])
  }

  @Test func `where nobody listens, four tries are made`() {
    let api = api(Nobody.url)
    #expect(
      failure { () throws(GupyAPIError) in _ = try api.list() }
        == .unreachable(LibcurlReason.notConnected))
    #expect(pauses.milliseconds.count == 3)
  }

  @Test(arguments: [500, 503, 429])
  func `a webhook that a failed POST has made all the same is not made again`(_ status: Int) throws
  {
    let fake = FakeGupyAPI()
    fake.fail("POST", .done(status))
    let (api, server) = serve(fake)
    try api.create(wanted)
    #expect(fake.webhooks.count == 1)
    #expect(server.requests.map { $0.prefix(4) } == ["POST", "GET "])
  }

  @Test func `a webhook that an unanswered POST has made is not made again`() throws {
    let fake = FakeGupyAPI()
    let (api, server) = serve(fake, closesAt: 0)
    try api.create(wanted)
    #expect(fake.webhooks.count == 1)
    #expect(server.requests.map { $0.prefix(4) } == ["POST", "GET "])
  }

  @Test func `a POST that failed is repeated after a look at the list`() throws {
    let fake = FakeGupyAPI()
    fake.fail("POST", .status(500), .bare(429, retryAfter: nil))
    let (api, server) = serve(fake)
    try api.create(wanted)
    #expect(fake.webhooks.count == 1)
    #expect(server.requests.map { $0.prefix(4) } == ["POST", "GET ", "POST", "GET ", "POST"])
    #expect(pauses.milliseconds.count == 2)
  }

  @Test func `a POST that fails for ever is given up after four tries, and a look`() {
    let fake = FakeGupyAPI()
    fake.fail("POST", .status(500), .status(500), .status(500), .done(500))
    let (api, _) = serve(fake)
    #expect(failure { () throws(GupyAPIError) in try api.create(wanted) } == nil)
    fake.fail("POST", .status(500), .status(500), .status(500), .status(500))
    let other = WantedRegistration(
      action: "application.created", url: wanted.url, secret: "s", ownerName: "A", ownerEmail: "b")
    #expect(failure { () throws(GupyAPIError) in try api.create(other) } == .failing(500))
    #expect(fake.webhooks.count == 1)
  }

  @Test func `a conflict is none when the webhook is there`() throws {
    let fake = FakeGupyAPI()
    fake.fail("POST", .done(409), .status(409))
    let (api, _) = serve(fake)
    try api.create(wanted)
    let other = WantedRegistration(
      action: "application.created", url: wanted.url, secret: "s", ownerName: "A", ownerEmail: "b")
    let error = failure { () throws(GupyAPIError) in try api.create(other) }
    guard case .conflict = error else {
      Issue.record("\(error.map(String.init(describing:)) ?? "made")")
      return
    }
    #expect(pauses.milliseconds.isEmpty)
  }

  @Test func `Gupy's words are handed on without the secret, in one line`() {
    let fake = FakeGupyAPI()
    fake.fail("PUT", .status(400))
    let (api, _) = serve(fake)
    #expect(
      failure { () throws(GupyAPIError) in try api.update("1", to: wanted) }
        == .refused(400, ", Problem: fails as asked, HIDDEN"))
  }

  @Test func `what a failed DELETE has deleted is not missed, and what was never there is`() throws
  {
    let fake = FakeGupyAPI(webhooks(1))
    fake.fail("DELETE", .done(500))
    let (api, server) = serve(fake)
    try api.delete("0")
    #expect(server.requests.count == 2)
    #expect(failure { () throws(GupyAPIError) in try api.delete("0") } == .notFound)
  }

  @Test func `a PUT that failed is repeated`() throws {
    let fake = FakeGupyAPI(webhooks(1))
    fake.fail("PUT", .done(500))
    let (api, _) = serve(fake)
    try api.update("0", to: wanted)
    #expect(fake.webhooks.map { $0["postbackUrl"] } == [.string(wanted.url)])
  }
}

extension JSONValue {
  fileprivate var headers: JSONValue? { JSONPointer("/clientHeaders")?.value(in: self) }
}
