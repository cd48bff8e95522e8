import FoundationEssentials
import Gupy
import Journal
import TestSupport
import Testing

@testable import Handler
@testable import Lookup
@testable import Operations

/// What is old enough to go, on a real journal.
@Suite struct PurgeTests {
  private let folder: TemporaryFolder
  private let journal: Journal
  private let now = Timestamp.now

  init() throws {
    folder = try TemporaryFolder()
    journal = Journal(state: folder.path)
  }

  /// A moment so many hours ago.
  private func at(_ hours: Int) -> Timestamp {
    Timestamp(milliseconds: now.milliseconds - Int64(hours) * 3_600_000)
  }

  /// Keeps an event with lines of these ages in hours, and what became of it.
  private func keep(
    _ application: Int64, _ ages: [Int], _ outcome: Outcome? = Outcome(.accepted)
  ) throws {
    let id = try #require(ApplicationID(String(application)))
    let details = WebhookEvent.Details(
      type: .applicationMoved, date: now, application: id)
    var story = try journal.open(application, wait: .seconds(1))
    try story.keep(
      "e",
      adding: [Line(at: at(ages[0]), eventId: "e", .event(details))]
        + ages.compactMap { age in
          outcome.map { Line(at: at(age), eventId: "e", .outcome($0)) }
        })
  }

  /// Makes a file as old as so many hours.
  private func age(_ path: String, _ hours: Int) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date.now.addingTimeInterval(-3_600 * Double(hours))], ofItemAtPath: path)
  }

  private func purge(_ hours: Int) -> Purge {
    Purge(journal, olderThan: .seconds(3_600 * hours), now: now)
  }

  private func find(_ hours: Int) throws -> RemovalReport {
    try purge(hours).find(progress: { _, _ in }).report
  }

  private func remove(_ hours: Int, isStopped: Bool = false) throws -> RemovalReport {
    let found = try purge(hours).find(progress: { _, _ in })
    let run = RemovalRun(
      isStopped: { isStopped }, progress: { _, _ in }, complain: { Issue.record("\($0)") })
    return try purge(hours).remove(found, run)
  }

  private func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  @Test(arguments: [
    ([100], 101, false), ([100], 99, true), ([300, 100], 200, false), ([300, 100], 99, true),
    ([47], 1, false), ([49], 1, true),
  ])
  func `an application goes when its newest line is old enough, never before 48 hours`(
    _ ages: [Int], _ hours: Int, _ goes: Bool
  ) throws {
    try keep(7, ages)
    #expect(try find(hours).applications == (goes ? [7] : []))
    #expect(isThere(journal.path(of: 7)))
    #expect(try remove(hours).applications == (goes ? [7] : []))
    #expect(isThere(journal.path(of: 7)) == !goes)
  }

  @Test(arguments: [
    "", "no line\n", "{\"at\":\"x\",\"eventId\":\"e\",\"reopened\":{\"by\":\"y\"}}\n",
  ])
  func `what says no time is as old as its file`(_ text: String) throws {
    try keep(7, [100])
    try Data(text.utf8).write(to: URL(filePath: journal.path(of: 7)))
    #expect(try remove(50).applications.isEmpty)
    try age(journal.path(of: 7), 60)
    #expect(try remove(50).applications == [7])
  }

  @Test func `a line that cannot be read may be the newest`() throws {
    try keep(7, [100])
    let file = URL(filePath: journal.path(of: 7))
    try (Data(contentsOf: file) + Data("torn\n".utf8)).write(to: file)
    #expect(try find(50).applications.isEmpty)
    try age(file.path(), 60)
    #expect(try find(50).applications == [7])
  }

  @Test func `what was never delivered is counted apart`() throws {
    let outcomes: [Outcome?] = [
      Outcome(.unavailable), Outcome(.unconfirmed), nil, Outcome(.accepted), Outcome(.rejected),
      Outcome(.ignored), Outcome(.undeliverable),
    ]
    for (number, outcome) in outcomes.enumerated() { try keep(Int64(number), [100], outcome) }
    let report = try find(50)
    #expect([report.applications.count, report.events, report.undelivered] == [7, 7, 3])
  }

  @Test func `quarantined bodies, and what a dead process left there, go by their file's age`()
    throws
  {
    for body in ["[1]", "[2]"] { try journal.quarantine.keep(Array(body.utf8)) }
    try folder.write("draft", to: "quarantine/0.json.1")
    let files = try journal.quarantine.everything().map(\.path)
    try age(files[0], 60)
    try age(files[1], 60)
    #expect(try remove(50).quarantined == 2)
    #expect(try journal.quarantine.everything().map(\.path) == [files[2]])
  }

  @Test(arguments: [(50, 29, 0), (50, 32, 1), (1_000, 32, 0), (1_000, 43, 1)])
  func `a day of the index goes when it is over, and retry does not need it`(
    _ hours: Int, _ days: Int, _ gone: Int
  ) throws {
    for hours in [24 * days, 0] {
      try journal.days.append(DayLine(at: at(hours), eventId: "e", application: 1, type: "t"))
    }
    #expect(try remove(hours).days == gone)
    #expect(try journal.days.days().count == 2 - gone)
  }

  @Test func `a purge that is stopped leaves the rest, and the audit says so`() throws {
    for number in 1...3 { try keep(Int64(number), [100]) }
    #expect(try remove(50, isStopped: true).left == 3)
    #expect(try remove(50).applications.count == 3)
    #expect(try remove(50).isEmpty)
    let lines = try String(contentsOfFile: folder.path + "/audit.jsonl", encoding: .utf8)
      .split(separator: "\n")
    #expect(
      lines[1] == """
        {"applications":3,"at":"\(now)","command":"purge","days":0,"events":3,"left":0,\
        "olderThan":"50h","quarantined":0,"undelivered":0}
        """)
    #expect(lines.map { $0.contains("\"applications\":0,") } == [true, false, true])
    #expect(lines.map { $0.contains("\"left\":3,") } == [true, false, false])
    #expect(try Audit(state: folder.path).lastPurge() == now)
  }

  @Test func `there is no last purge before the first, and an erasure is none`() throws {
    #expect(try Audit(state: folder.path).lastPurge() == nil)
    let erasure = Erasure(journal, of: .application(try #require(ApplicationID("7"))), now: now)
    let run = RemovalRun(isStopped: { false }, progress: { _, _ in }, complain: { _ in })
    _ = try erasure.erase(try erasure.find(progress: { _, _ in }), run)
    try journal.dismiss([], now: now)
    #expect(
      try String(contentsOfFile: folder.path + "/audit.jsonl", encoding: .utf8) == """
        {"applications":[],"at":"\(now)","by":"application","command":"erase","events":0,"left":0,\
        "quarantined":0}
        {"at":"\(now)","command":"dismiss","quarantined":0}

        """)
    #expect(try Audit(state: folder.path).lastPurge() == nil)
  }

  @Test func `an application that something happens to meanwhile stays`() throws {
    try keep(7, [100])
    let found = try purge(50).find(progress: { _, _ in })
    try keep(7, [0])
    let run = RemovalRun(isStopped: { false }, progress: { _, _ in }, complain: { _ in })
    #expect(try purge(50).remove(found, run).applications.isEmpty)
    #expect(isThere(journal.path(of: 7)))
  }

  @Test func `folders without applications lack no index`() throws {
    try keep(7, [100])
    #expect(try journal.lacksIndex())
    _ = try remove(50)
    #expect(try !journal.lacksIndex())
  }
}
