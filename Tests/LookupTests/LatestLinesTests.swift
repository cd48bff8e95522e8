import FoundationEssentials
import Gupy
import TestSupport
import Testing

@testable import Journal
@testable import Lookup

@Suite struct LatestLinesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func index(_ host: String = "web1") -> DayIndex {
    DayIndex(folder: folder.path + "/days", file: "\(host).jsonl")
  }

  private func add(
    _ id: String, _ at: String, _ status: Outcome.Status? = nil, host: String = "web1"
  ) throws {
    try index(host).append(
      DayLine(
        at: .written(at), eventId: id, application: 1, type: "application.moved",
        outcome: status.map { Outcome($0) }))
  }

  private func latest(since day: String? = nil) throws -> [String] {
    var lines = try index().latest(since: day, complain: Complaint { Issue.record("\($0)") })
    var found: [String] = []
    while let line = lines.next() { found.append("\(line.eventId) \(line.status)") }
    return found
  }

  @Test func `each event is told once, by its last line, the latest first, across days`() throws {
    try add("a", "2026-03-04T23:59:59.900Z")
    try add("b", "2026-03-04T23:59:59.950Z")
    try add("b", "2026-03-04T23:59:59.960Z", .rejected)
    try add("a", "2026-03-05T00:00:00.100Z", .accepted)
    try add("c", "2026-03-05T10:00:00.000Z")
    #expect(try latest() == ["c received", "a accepted", "b rejected"])
    #expect(try latest(since: "2026-03-05") == ["c received", "a accepted"])
  }

  @Test func `the files of several hosts are read as one, whoever wrote last`() throws {
    try add("a", "2026-03-04T10:00:00.000Z", host: "web1")
    try add("b", "2026-03-04T11:00:00.000Z", .accepted, host: "web1")
    try add("c", "2026-03-04T10:30:00.000Z", .ignored, host: "web2")
    try add("a", "2026-03-04T10:45:00.000Z", .unavailable, host: "web2")
    #expect(try latest() == ["b accepted", "a unavailable", "c ignored"])
  }

  @Test func `of two lines with one time the later in the file counts`() throws {
    try add("a", "2026-03-04T10:00:00.000Z")
    try add("a", "2026-03-04T10:00:00.000Z", .accepted)
    #expect(try latest() == ["a accepted"])
  }

  @Test func `a file of many reads gives every line once and in order`() throws {
    var text = ""
    for number in 0..<5_000 {
      let (minute, second) = (10 + number / 60 % 50, 10 + number % 50)
      let padding = String(repeating: "x", count: number * 7 % 300)
      text +=
        "\n{\"application\":\"1\",\"at\":\"2026-03-04T10:\(minute):\(second).000Z\","
        + "\"eventId\":\"\(number)-\(padding)\",\"status\":\"received\",\"type\":\"t\"}"
    }
    try add("first", "2026-03-04T09:00:00.000Z")
    let file = URL(filePath: folder.path + "/days/2026-03-04/web1.jsonl")
    try (try Data(contentsOf: file) + Data(text.utf8)).write(to: file)
    let numbers = try latest().map { String($0.prefix { $0.isNumber }) }
    #expect(numbers == (0..<5_000).reversed().map { String($0) } + [""])
  }

  @Test(arguments: [
    ("nothing", ""), ("a newline", "\n"), ("a torn line", "\n{\"application\":\"1\",\"at\":\"20"),
    ("another's file", "\nhello"),
  ])
  func `what cannot be read is left out`(_ what: String, _ tail: String) throws {
    try add("a", "2026-03-04T09:00:00.000Z")
    let file = URL(filePath: folder.path + "/days/2026-03-04/web1.jsonl")
    try (try Data(contentsOf: file) + Data(tail.utf8)).write(to: file)
    try folder.write(tail, to: "days/2026-03-04/web2.jsonl")
    #expect(try latest() == ["a received"], "\(what)")
  }

  @Test func `without an index there is nothing`() throws {
    #expect(try latest() == [])
  }

  @Test func `a day that was indexed anew is in the order of its times`() throws {
    let journal = Journal(state: folder.path)
    for (application, minute) in [(1, 30), (2, 10), (3, 20)] as [(Int64, Int)] {
      var story = try journal.open(application, wait: .zero)
      let at = "2026-03-04T10:\(minute):00.000Z"
      try story.keep(
        "e\(application)",
        adding: [
          .least("e\(application)", application, at: at),
          Line(at: Timestamp(at), eventId: "e\(application)", .outcome(Outcome(.accepted))),
        ])
    }
    _ = try journal.reindex(
      recent: "2026-03-05", progress: { _, _ in }, complain: Complaint { _ in })
    #expect(try latest() == ["e1 accepted", "e3 accepted", "e2 accepted"])
  }
}
