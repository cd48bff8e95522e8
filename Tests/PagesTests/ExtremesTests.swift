import FastCGI
import FoundationEssentials
import Glibc
import Gupy
import Journal
import Sandbox
import TestSupport
import Testing

@testable import Configuration
@testable import Handler
@testable import Lookup
@testable import Operations
@testable import Pages

/// Numbers and dates at the ends of what can be written, from Gupy and in the state folder's files:
/// they end no page, no figure and no command, and nothing of theirs is lost.
@Suite struct ExtremesTests {
  private let folder: TemporaryFolder
  private let site: Site
  private let configurations: Configurations
  private let handler: WebhookHandler
  private let provider = LoopbackServer { _, _ in
    .answer(LoopbackServer.http(200, #"{"message":{"uuid":"u"}}"#))
  }

  init() throws {
    folder = try TemporaryFolder(inMemory: true)
    let state = folder.path + "/state"
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: false)
    let file = try folder.write(
      """
      { "gupy": { "secrets": ["env:S"] }, "state": "\(state)", "recipients": "everyone",
        "staleAfter": "3650000d", "retention": "3650000d",
        "provider": { "profile": "callbell", "baseURL": "\(provider.url)",
          "settings": { "token": "env:S", "channel": "c", "optIn": true } },
        "messages": [{ "event": "application.moved", "template": "t", "whenLate": "deliver" }] }
      """, to: "g.json")
    site = try Site(file: file, environment: ["S": "s"])
    configurations = Configurations(defaultFile: file, environment: ["S": "s"])
    handler = WebhookHandler(configurations: configurations)
  }

  private func ask(_ endpoint: String, _ query: String = "") -> Response {
    let request = Request(
      method: "GET", parameters: ["QUERY_STRING": query], body: .complete([]))
    let endpoints = Endpoints(configurations) { _ in }
    return endpoint == "metrics"
      ? endpoints.metrics(request, now: .now) : endpoints.status(request, now: .now)
  }

  private func post(_ body: [UInt8]) -> String {
    let response = handler.respond(
      to: Request(method: "POST", parameters: ["HTTP_AUTHORIZATION": "s"], body: .complete(body)))
    return String(decoding: response.body, as: UTF8.self)
  }

  /// What cannot be read would be a fault of these tests.
  private static var noted: Complaint { Complaint { Issue.record("\($0)") } }

  /// Everything that looks at the whole state.
  private func lookAtEverything() throws {
    for query in ["", "lang=en"] { #expect(ask("status", query).status == .ok) }
    #expect(ask("metrics").status == .ok)
    _ = ask("health")
    let since = Timestamp(milliseconds: .min)
    _ = try EventSearch(site.journal).find(
      .init(since: since, limit: 1_000), complain: Self.noted)
    _ = try Retry(site).find(
      Set(Standing.obstacles), since: since, complain: { _ in }, unreadable: Self.noted)
    let purge = Purge(site.journal, olderThan: .seconds(3_650_000 * 86_400), now: .now)
    #expect(try purge.find { _, _ in }.report.isEmpty)
    _ = LastDeliveries(site.journal, complain: Self.noted)
    _ = try site.journal.reindex(
      recent: "2026-01-01", progress: { _, _ in }, complain: Self.noted)
    #expect(ask("status").status == .ok)
  }

  @Test(arguments: [
    0, 999, 9_223_372_036_854_775_759, 9_223_372_036_854_775_760, 9_223_372_036_854_775_799,
    9_223_372_036_854_775_806, 9_223_372_036_854_775_807,
  ])
  func `an application may have any number`(_ application: Int64) throws {
    let event = GupyEvent(application: application, date: Timestamp.now.description)
    #expect(post(event.body).contains(#""status":"accepted""#))
    #expect(post(event.body).contains(#""duplicate":true"#))
    try lookAtEverything()
    let page = ask("status", "application=\(application)&lang=en")
    #expect(String(decoding: page.body, as: UTF8.self).contains("the provider accepted it"))
    let list = ask("status", "lang=en")
    #expect(String(decoding: list.body, as: UTF8.self).contains("?application=\(application)&"))
  }

  @Test(arguments: [
    "0001-01-01T00:00:00Z", "0001-01-01T00:00:00-23:59", "1677-09-21T00:12:43Z",
    "1969-12-31T23:59:59.999Z", "2262-04-11T23:47:16.855Z", "2262-04-12T00:00:00Z",
    "9998-12-31T23:59:59Z", "9999-12-31T23:59:59.999Z",
  ])
  func `an event may have any date`(_ date: String) throws {
    let event = GupyEvent(application: 7, date: date)
    #expect(post(event.body).contains(#""status":"accepted""#))
    try lookAtEverything()
    let story = ask("status", "application=7&lang=en")
    #expect(String(decoding: story.body, as: UTF8.self).contains("the provider accepted it"))
  }

  @Test(arguments: [
    "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01", "-0001-01-01T00:00:00Z",
    "+12026-01-01T00:00:00Z", "9999-12-31T23:59:59.9996Z", "99999-01-01T00:00:00Z",
  ])
  func `a body whose date is none is kept all the same`(_ date: String) throws {
    let event = GupyEvent(application: 7, date: date)
    #expect(post(event.body).contains("quarantined"))
    #expect(try site.journal.quarantine.kept().count == 1)
    try lookAtEverything()
  }

  /// Lines of the day index of today, as nobody should have written them.
  private static let lines = [
    #"{"application":"9223372036854775808","at":"T","eventId":"e","status":"received","type":"t"}"#,
    #"{"application":"99999999999999999999999999","at":"T","eventId":"e","status":"received","type":"t"}"#,
    #"{"application":"1","at":"T","eventId":"e","journal":9223372036854775807,"status":"accepted","type":"t"}"#,
    #"{"application":"1","at":"T","eventId":"e","journal":-9223372036854775808,"provider":9e18,"status":"accepted","type":"t"}"#,
    #"{"application":"1","at":"T","eventId":"e","journal":99999999999999999999,"status":"accepted","type":"t"}"#,
    #"{"application":"1","at":"2026-03-04T99:99:99.999Z","eventId":"e","status":"accepted","type":"t"}"#,
    #"{"application":"\u00ff1","at":"T","eventId":"e","status":"accepted","type":"t"}"#,
    #"{"application":"","at":"","eventId":"","status":"","type":""}"#,
  ]

  @Test(arguments: lines) func `a line of the index may say anything`(_ line: String) throws {
    let event = GupyEvent(application: 7, date: Timestamp.now.description)
    _ = post(event.body)
    let now = Timestamp.now.description
    let text = "\n" + line.replacing("\"T\"", with: "\"\(now)\"")
    try folder.write(text + text, to: "state/days/\(now.prefix(10))/other.jsonl")
    try lookAtEverything()
  }

  @Test(arguments: [
    "", "soon", "0000-00-00T00:00:00.000Z", "0001-01-01T00:00:00.000Z", "2262-04-12T00:00:00.000Z",
    "9998-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z", "../../../../../tmp/x",
  ])
  func `a line of a story may be of any moment, and its event is listed`(_ at: String) throws {
    _ = post(GupyEvent(application: 7, date: Timestamp.now.description).body)
    let path = site.journal.path(of: 7)
    let text = try String(contentsOfFile: path, encoding: .utf8)
      .replacing(/"at":"[^"]*"/, with: "\"at\":\"\(at)\"")
    try Data(text.utf8).write(to: URL(filePath: path))
    try lookAtEverything()
    let found = try EventSearch(site.journal).find(
      .init(since: Timestamp(milliseconds: .min), limit: 10), complain: Self.noted)
    #expect(found.map(\.application) == [7])
  }

  @Test(arguments: [-62_135_596_801, 9_223_372_037, 9_223_372_036_854_775, 253_402_300_800])
  func `a file may be of any time`(_ seconds: Int) throws {
    _ = post(GupyEvent(application: 7, date: Timestamp.now.description).body)
    _ = post(Array("{}".utf8))
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path + "/state")
    for file in files {
      let path = folder.path + "/state/" + file
      let times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
      #expect(utimensat(AT_FDCWD, path, times, 0) == 0)
    }
    #expect(ask("status").status == .ok)
    #expect(ask("metrics").status == .ok)
    _ = try Purge(site.journal, olderThan: .seconds(3_650_000 * 86_400), now: .now)
      .find { _, _ in }
    let today = String(Timestamp.now.description.prefix(10))
    _ = site.journal.days.summary(of: today, isOver: true, complain: Self.noted)
  }

  @Test(arguments: [Int64.max, .min, 253_402_300_799_999])
  func `what is noted of the provider and of retry may be any number`(_ number: Int64) throws {
    let line = "{\"at\":\(number),\"verdict\":\"unavailable\"}\n"
    try folder.write(line + line + line, to: "state/provider.jsonl")
    try folder.write(
      """
      {"at":"9999-12-31T23:59:59.999Z","results":{"unavailable":\(number),"failed":\(number)},
       "untried":\(number)}
      """, to: "state/retry.json")
    _ = RetryRun(state: site.journal.state)?.left
    #expect(site.journal.breaker.trouble(now: Timestamp.now.milliseconds)?.left == nil)
    try lookAtEverything()
  }
}
