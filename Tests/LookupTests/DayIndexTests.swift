import Dispatch
import FoundationEssentials
import Gupy
import JSON
import TestSupport
import Testing

@testable import Journal
@testable import Lookup

@Suite struct DayIndexTests {
  private let folder: TemporaryFolder
  private let journal: Journal

  init() throws {
    folder = try TemporaryFolder()
    journal = Journal(state: folder.path)
  }

  private func line(
    _ id: String, _ outcome: Outcome? = nil, at time: String = "18:30:13.101",
    day: String = "2026-03-04", application: Int64 = 1, isAgain: Bool = false,
    journal: Duration? = nil, provider: Duration? = nil
  ) -> DayLine {
    DayLine(
      at: .written("\(day)T\(time)Z"), eventId: id, application: application,
      type: "application.moved",
      outcome: outcome, isAgain: isAgain, journal: journal, provider: provider)
  }

  private func file(_ day: String, _ name: String) -> String {
    "\(folder.path)/days/\(day)/\(name)"
  }

  private func names(_ day: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/days/\(day)").sorted()
  }

  @Test func `a line stands in the file of its day and host, and says nothing of the candidate`()
    throws
  {
    let index = DayIndex(folder: folder.path + "/days", file: "web1.jsonl")
    try index.append(line("a"))
    try index.append(line("a", Outcome(.ignored, reason: "superseded")))
    try index.append(line("a", Outcome(.rejected, reason: "words of the provider")))
    try index.append(line("a", isAgain: true))
    try index.append(
      line("a", Outcome(.accepted), journal: .microseconds(2_600), provider: .milliseconds(187)))
    let bytes = try Data(contentsOf: URL(filePath: file("2026-03-04", "web1.jsonl")))
    let start =
      #"{"application":"1","at":"2026-03-04T18:30:13.101Z","eventId":"a","#
    #expect(
      String(decoding: bytes, as: UTF8.self) == """

        \(start)"status":"received","type":"application.moved"}
        \(start)"reason":"superseded","status":"ignored","type":"application.moved"}
        \(start)"status":"rejected","type":"application.moved"}
        {"again":true,\(start.dropFirst())"status":"received","type":"application.moved"}
        \(start)"journal":3,"provider":187,"status":"accepted","type":"application.moved"}
        """)
    for line in bytes.split(separator: UInt8(ascii: "\n")).map({ ArraySlice($0) }) {
      #expect(DayLine(plain: line) != nil)
      #expect(DayLine(plain: line) == DayLine(json: line))
    }
  }

  /// Values of a member, those with which a line is one, and others.
  private static let values: [(String, good: [String], bad: [String])] = [
    (#""again":"#, ["true", "false", "null"], ["1", "trueX", #""true""#]),
    (
      #""application":"#,
      [#""0""#, #""9223372036854775807""#, #""9223372036854775760""#, #""\u0037""#],
      [
        #""9223372036854775808""#, #""99999999999999999999""#, #""18446744073709551617""#,
        #""007""#, #""+7""#, #""-7""#, "\"\"", "7", #""٣""#, #""a""#, #"" 7""#,
      ]
    ),
    (
      #""at":"#, [#""9998-12-31T23:59:59.999Z""#, #""0001-01-01T00:00:00.000Z""#],
      [
        #""0000-00-00T00:00:00.000Z""#, #""2026-02-30T00:00:00.000Z""#,
        #""2026-03-04T24:00:00.000Z""#, #""2026-03-04T23:60:00.000Z""#,
        #""2026-03-04T23:00:60.000Z""#, #""2026-03-04 23:00:00.000Z""#,
        #""2026-03-04T23:00:00.000""#, #""../../../x""#, "\"\"", #""٢٠-03-04T23:00:00.000Z""#,
      ]
    ),
    (
      #""eventId":"#, [#""é""#, "\"\u{7F}\"", #""\u00e9\"\\""#, "\"\""],
      ["\"a\tb\"", #""a\x""#, #""a"#, #""\ud800""#, "null"]
    ),
    (
      #""journal":"#, ["0", "999999999", "1e3", "null"],
      [
        "007", "-1", "1000000000", "9223372036854775807", "1.5", "99999999999999999999",
        #""1""#, "",
      ]
    ),
    (#""reason":"#, [#""superseded""#, "null"], ["7"]), (#""status":"#, [#""lost""#], ["null"]),
  ]

  @Test(arguments: values) func `all readers of a line say the same of it`(
    _ name: String, good: [String], bad: [String]
  ) throws {
    for value in good + bad {
      var members = [
        #""application":"#: #""7""#, #""at":"#: #""2026-03-04T18:30:13.101Z""#,
        #""eventId":"#: #""e""#, #""status":"#: #""accepted""#, #""type":"#: #""t""#,
      ]
      members[name] = value
      let texts = members.sorted { $0.key < $1.key }.map { $0.key + $0.value }
      let bytes = Array("{\(texts.joined(separator: ","))}".utf8)
      let (plain, json) = (DayLine(plain: bytes[...]), DayLine(json: bytes[...]))
      #expect((json != nil) == good.contains(value), "\(name)\(value)")
      #expect(plain == nil || plain == json, "\(name)\(value)")
      #expect(DayLine(bytes[...]) == json, "\(name)\(value)")
      var (count, again) = (DayCount(), DayCount())
      count.add(bytes)
      again.add(json?.encoded ?? [])
      #expect(count.result() == again.result(), "\(name)\(value)")
      #expect((count.result() == DaySummary()) == (json == nil), "\(name)\(value)")
    }
  }

  @Test(arguments: ["-1234", "", "9223372036854775808", "a", "+234", "0234"])
  func `a number that no application has is left out, in the index and among the files`(
    _ number: String
  ) throws {
    let folders = [folder.path + "/days/2026-03-04", folder.path + "/applications/234"]
    for folder in folders {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    }
    let line =
      #"{"application":"\#(number)","at":"2026-03-04T18:30:13.101Z","eventId":"a","#
      + #""status":"received","type":"application.moved"}"#
    try Data(line.utf8).write(to: URL(filePath: folders[0] + "/web1.jsonl"))
    try Data().write(to: URL(filePath: "\(folders[1])/\(number).jsonl"))
    var latest = try journal.days.latest(complain: Self.never)
    #expect(latest.next() == nil)
    #expect(try journal.days.lines(of: "2026-03-04").isEmpty)
    func visit(_ application: Int64, _ history: History) { Issue.record("\(application)") }
    try journal.forEachHistory({ _, _ in }, complain: Self.never, visit)
  }

  @Test func `days are in order, and a folder of another name is none`() throws {
    for day in ["2026-03-05", "2026-03-04", "2025-12-31"] {
      try journal.days.append(line("a", day: day))
    }
    try FileManager.default.createDirectory(
      atPath: folder.path + "/days/lost+found", withIntermediateDirectories: false)
    #expect(try journal.days.days() == ["2025-12-31", "2026-03-04", "2026-03-05"])
    #expect(try Journal(state: folder.path + "/none").days.days() == [])
  }

  @Test func `a line that a full disk tore spoils no other`() throws {
    let index = DayIndex(folder: folder.path + "/days", file: "web1.jsonl")
    try index.append(line("a"))
    let path = URL(filePath: file("2026-03-04", "web1.jsonl"))
    try (Data(contentsOf: path) + Data("\n{\"at\":\"2026".utf8)).write(to: path)
    try index.append(line("b"))
    #expect(try index.lines(of: "2026-03-04").map(\.eventId) == ["a", "b"])
  }

  @Test func `the lines of several processes do not mix`() throws {
    let days = journal.days
    DispatchQueue.concurrentPerform(iterations: 8) { writer in
      for number in 0..<200 {
        do {
          try days.append(line("\(writer)-\(number)"))
        } catch {
          Issue.record(error)
        }
      }
    }
    #expect(Set(try days.lines(of: "2026-03-04").map(\.eventId)).count == 1_600)
  }

  /// Writes what an application's file and the index say of an event.
  private func handle(_ id: String, _ application: Int64, day: String, _ outcome: Outcome?) throws {
    let at = "\(day)T18:30:13.101Z"
    var lines: [Line] = [.least(id, application, at: at)]
    try journal.days.append(line(id, day: day, application: application))
    if let outcome {
      lines.append(Line(at: Timestamp(at), eventId: id, .outcome(outcome)))
      try journal.days.append(line(id, outcome, day: day, application: application))
    }
    var story = try journal.open(application, wait: .seconds(1))
    try story.keep(id, adding: lines)
  }

  private static var never: Complaint { Complaint { Issue.record("\($0)") } }

  private func reindex() throws -> Int {
    try journal.reindex(recent: "2026-03-05", progress: { _, _ in }, complain: Self.never)
  }

  private func all() throws -> [String] {
    try journal.days.days().flatMap { try journal.days.lines(of: $0) }
      .map { "\($0.at.day) \($0.application) \($0.eventId) \($0.status)" }.sorted()
  }

  @Test func `made anew, the index says what it said before`() throws {
    try handle("a", 1, day: "2026-03-03", Outcome(.accepted))
    try handle("b", 1, day: "2026-03-04", Outcome(.unavailable))
    try handle("c", 1_002, day: "2026-03-04", nil)
    let before = try all()
    #expect(try reindex() == 3)
    #expect(try all() == before)
    try FileManager.default.removeItem(atPath: folder.path + "/days")
    #expect(try reindex() == 3)
    #expect(try all() == before)
    #expect(try names("2026-03-04") == ["reindex.jsonl"])
  }

  @Test func `made anew, the index loses what is not true, and nothing that is being written`()
    throws
  {
    try handle("a", 1, day: "2026-03-04", Outcome(.accepted))
    try journal.days.append(line("gone", day: "2026-03-04"))
    try journal.days.append(line("now", day: "2026-03-05"))
    #expect(try reindex() == 1)
    #expect(
      try all() == [
        "2026-03-04 1 a accepted", "2026-03-04 1 a received", "2026-03-05 1 now received",
      ])
  }

  @Test func `an index that was being made when the process died is begun anew`() throws {
    try handle("a", 1, day: "2026-03-04", Outcome(.accepted))
    try DayIndex(folder: folder.path + "/days", file: "reindex.draft").append(line("gone"))
    #expect(try reindex() == 1)
    #expect(try names("2026-03-04") == ["reindex.jsonl"])
    #expect(try journal.days.lines(of: "2026-03-04").count == 2)
  }
}
