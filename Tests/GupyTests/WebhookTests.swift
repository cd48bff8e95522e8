import Gupy
import Testing

struct WebhookTests {
  private func validated(_ body: String) throws -> Webhook {
    try WebhookPayload(json: Array(body.utf8)).validated()
  }

  private func body(
    id: String = "\"e\"", type: String = "\"application.moved\"",
    date: String = "\"2026-03-04T18:30:12Z\"", application: String = "7"
  ) -> String {
    "{\"id\":\(id),\"event\":\(type),\"date\":\(date),"
      + "\"data\":{\"application\":{\"id\":\(application)}}}"
  }

  private func pathOfError(_ body: String) -> String? {
    do {
      _ = try validated(body)
      return nil
    } catch PayloadError.notAnEvent(let path, let expected) {
      #expect(!expected.isEmpty)
      return path
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: ["null", "\"\"", "\" \\n\"", "{}", "[]", "true", "\"\\udc00\""])
  func `what every event has is required`(value: String) {
    #expect(pathOfError(body(id: value)) == "id")
    #expect(pathOfError(body(type: value)) == "event")
    #expect(pathOfError(body(date: value)) == "date")
    #expect(pathOfError(body(application: value)) == "data.application.id")
  }

  @Test func `an empty object lacks the id first`() {
    #expect(pathOfError("{}") == "id")
  }

  @Test(arguments: [(1, nil), (200, nil), (201, "id")])
  func `an id has at most 200 characters`(length: Int, path: String?) {
    #expect(pathOfError(body(id: "\"" + String(repeating: "é", count: length) + "\"")) == path)
  }

  @Test(arguments: ["\"2026-03-04T18:30:12\"", "\"2026-02-30T00:00:00Z\"", "1772649012", "\"x\""])
  func `a date that is no timestamp makes no event`(date: String) {
    #expect(pathOfError(body(date: date)) == "date")
  }

  @Test(
    arguments: [
      ("612000108", 612_000_108), ("\"612000108\"", 612_000_108), ("\"000612000108\"", 612_000_108),
      ("6.12000108E8", 612_000_108), ("612000108.0", 612_000_108), ("0", 0), ("-0", 0),
      ("9007199254740992.0", 9_007_199_254_740_992),
      ("9223372036854775807", .max), ("\"9223372036854775807\"", .max),
    ] as [(String, Int64)])
  func `an application id is read however it is written`(sent: String, number: Int64) throws {
    guard case .event(let event) = try validated(body(application: sent)) else {
      Issue.record("no event")
      return
    }
    #expect(event.details.application.number == number)
  }

  @Test(arguments: [
    "1.5", "-1", "9223372036854775808", "\"9223372036854775808\"", "1e400", "1e-400", "1e30",
    "\"12a\"", "\"+12\"", "\"-12\"", "\"1.0\"", "\"６１２\"", "false",
  ])
  func `an application id that cannot be read makes no event`(sent: String) {
    #expect(pathOfError(body(application: sent)) == "data.application.id")
  }

  @Test func `the application's own path wins over the other one`() throws {
    let both = #"{"application":{"id":7}},"application":{"id":8}"#
    #expect(try Fixture.details(data: both).application.number == 7)
  }

  @Test func `an unreadable application id falls back on the other path`() throws {
    let both = #"{"application":{"id":[]}},"application":{"id":8}"#
    #expect(try Fixture.details(data: both).application.number == 8)
  }

  @Test(arguments: [
    (#""id":"e","id":"f""#, "id"),
    (#""event":"application.moved","event":"job.published""#, "event"),
    (#""date":"2026-03-04T18:30:12Z","date":1"#, "date"),
    (#""data":{"application":{"id":7,"id":8}}"#, "data.application.id"),
    (#""data":{"application":{"id":7},"application":{"id":8}}"#, "data.application.id"),
    (#""data":{"application":{"id":7}},"data":{}"#, "data.application.id"),
  ])
  func `what means two things makes no event`(members: String, path: String) {
    let whole = body().dropLast()
    #expect(pathOfError("{\(members),\(whole.dropFirst())}") == path)
    #expect(pathOfError("\(whole),\(members)}") == path)
  }

  @Test func `the same twice is the same`() throws {
    let twice = #"{"id":"e","id":"e","data":{"application":{"id":"7"}},"# + body().dropFirst()
    #expect(try validated(twice) == validated(body()))
  }

  @Test(arguments: ["\"\\t2026-03-04T18:30:12Z \"", "\"\u{FEFF}2026-03-04T18:30:12Z\\u200b\""])
  func `a date may have blanks around it`(date: String) throws {
    #expect(try validated(body(date: date)) == validated(body()))
  }

  @Test(arguments: [4_097, 1_000_000])
  func `what every event has is never as long`(length: Int) {
    let long = "\"" + String(repeating: "1", count: length) + "\""
    #expect(pathOfError(body(id: long)) == "id")
    #expect(pathOfError(body(type: long)) == "event")
    #expect(pathOfError(body(date: long)) == "date")
    #expect(pathOfError(body(application: long)) == "data.application.id")
  }

  @Test func `another action needs no application`() throws {
    let body = #"{"id":"j","event":"job.published","date":"2026-03-04T18:30:12Z","data":[]}"#
    #expect(try validated(body) == .notSubscribed(id: "j", type: "job.published"))
  }

  @Test func `another action still needs a date`() {
    #expect(pathOfError(#"{"id":"j","event":"job.published"}"#) == "date")
  }
}
