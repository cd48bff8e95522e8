import Configuration
import FoundationEssentials
import Gupy
import JSON
import Journal
import Sandbox
import TestSupport
import Testing

@testable import Handler

/// What is kept of one event under its application's lock, and what the day index is told.
@Suite struct EventRecordTests {
  private let folder: TemporaryFolder
  private let journal: Journal
  private let event: WebhookEvent
  private static let now = Timestamp(milliseconds: 1_772_649_012_345)
  private static let attempt = Attempt(provider: "callbell", template: "t", rule: nil)

  init() throws {
    folder = try TemporaryFolder(inMemory: true)
    journal = Journal(state: folder.path)
    event = try validated(GupyEvent(application: 1, date: "2026-03-04T18:30:00.000Z").body)
  }

  private func record(
    wait: Duration = .seconds(1), reopenedBy: String? = nil
  ) throws -> EventRecord {
    try EventRecord(
      event, in: journal, wait: wait, isWorker: false, reopenedBy: reopenedBy, now: { Self.now })
  }

  /// The lines of the application's file.
  private func story() throws -> [JSONValue] {
    try lines(journal.path(of: 1))
  }

  /// What the day index has of the event: each line's status and, where it is a repeat, that.
  private func index() throws -> [String] {
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path + "/days")
    let all = try files.filter { $0.hasSuffix(".jsonl") }
      .flatMap { try lines(folder.path + "/days/" + $0) }
    return all.map { line in
      let status = at("/status", line)?.text ?? "?"
      return at("/again", line) == true ? status + " again" : status
    }
  }

  private func lines(_ path: String) throws -> [JSONValue] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      .compactMap { JSONValue(Array($0.utf8)) }
  }

  /// Erases the candidate's data, if there are any.
  private func erase() throws {
    guard var story = try journal.openExisting(1, wait: .seconds(1)) else { return }
    try story.erase()
  }

  private func at(_ pointer: String, _ value: JSONValue?) -> JSONValue? {
    value.flatMap { JSONPointer(pointer)?.value(in: $0) }
  }

  @Test func `the event comes first, with the moment of its arrival, and stands there once`() throws
  {
    var first = try record()
    #expect(first.known == nil)
    #expect(try story().isEmpty)
    try first.keep(Self.attempt)
    #expect(try story().map { at("/event", $0) != nil } == [true, false])
    #expect(at("/at", try story().first)?.text == Self.now.description)
    #expect(at("/event/candidate/name", try story().first) == "Bianca")
    try first.keep(Outcome(.accepted, messageId: "u"), provider: .milliseconds(7))
    _ = consume first
    var second = try record()
    #expect(second.known?.eventId == event.id)
    try second.keep(Outcome(.accepted, messageId: "u"), provider: nil)
    let kinds = try story().map { at("/event", $0) != nil }
    #expect(kinds == [true, false, false, false])
    #expect(try story().allSatisfy { at("/eventId", $0)?.text == event.id })
  }

  @Test func `what is known is synced without a line`() throws {
    var first = try record()
    try first.keep(Outcome(.accepted), provider: nil)
    _ = consume first
    let before = try Data(contentsOf: URL(filePath: journal.path(of: 1)))
    var second = try record()
    try second.keepKnown()
    #expect(try Data(contentsOf: URL(filePath: journal.path(of: 1))) == before)
  }

  @Test func `who reopens an event is named before what follows`() throws {
    var first = try record()
    try first.keep(Outcome(.rejected), provider: nil)
    _ = consume first
    var second = try record(reopenedBy: "retry")
    try second.keep(Self.attempt)
    let names = try story().map { line in
      ["event", "outcome", "reopened", "attempt"].first { at("/\($0)", line) != nil }
    }
    #expect(names == ["event", "outcome", "reopened", "attempt"])
    #expect(at("/reopened/by", try story()[2]) == "retry")
  }

  @Test func `the index is told when the event comes, and what became of it`() throws {
    var first = try record()
    try first.keep(Self.attempt)
    #expect(try index() == ["received"])
    try first.keep(Outcome(.unavailable), provider: .milliseconds(7))
    #expect(try index() == ["received", "unavailable"])
    _ = consume first
    var second = try record()
    try second.keep(Outcome(.accepted), provider: nil)
    #expect(try index() == ["received", "unavailable", "received again", "accepted"])
  }

  @Test func `an index that cannot be written stops nothing`() throws {
    try Data().write(to: URL(filePath: folder.path + "/days"))
    var first = try record()
    try first.keep(Outcome(.accepted), provider: nil)
    #expect(first.indexFailure != nil)
    #expect(try story().count == 2)
  }

  @Test func `of an event whose candidate was erased nothing comes back`() throws {
    var first = try record()
    try first.keep(Outcome(.rejected, reason: "says Bianca", httpStatus: 400), provider: nil)
    _ = consume first
    try erase()
    var second = try record()
    #expect(second.known?.isErased == true)
    try second.keep(Outcome(.rejected, reason: "says Bianca", httpStatus: 400), provider: nil)
    let text = try String(contentsOfFile: journal.path(of: 1), encoding: .utf8)
    #expect(text.contains(event.id) && !text.contains("Bianca"))
  }

  @Test func `while one has the application another waits for so long and no longer`() throws {
    let first = try record()
    let start = ContinuousClock.now
    #expect(throws: JournalError.self) { _ = try record(wait: .milliseconds(200)) }
    #expect(.milliseconds(200)..<(.seconds(5)) ~= ContinuousClock.now - start)
    _ = consume first
    #expect(try record().known == nil)
  }
}
