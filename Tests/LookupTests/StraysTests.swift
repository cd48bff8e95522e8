import FoundationEssentials
import Glibc
import Gupy
import TestSupport
import Testing

@testable import Journal
@testable import Lookup

/// What is not gatilho's in a state folder, of every kind that a file system knows.
@Suite struct StraysTests {
  private let folder: TemporaryFolder
  private let journal: Journal
  private var state: String { folder.path }

  init() throws {
    folder = try TemporaryFolder()
    journal = Journal(state: folder.path)
    _ = try journal.open(7, wait: .zero)
    try journal.days.append(
      DayLine(
        at: .written("2026-03-04T18:30:13.101Z"), eventId: "a", application: 7,
        type: "application.moved",
        outcome: nil))
    try journal.quarantine.keep(Array("{}".utf8))
    journal.notes.note(.clock, now: 1)
    #expect(try journal.claim.take(for: "/a.json") == "/a.json")
    try RetryRun(at: .now).write(state: folder.path)
    _ = try journal.measureSync()
    try Audit(state: folder.path).append("line")
    for _ in 0..<3 {
      try journal.breaker.enter(now: 1)?.note(ProviderFailure(at: 1, verdict: "unavailable"))
    }
    _ = try journal.breaker.enter(now: 60_001)
    _ = journal.clock.learn(-5_000, wasIdle: false)
    _ = try ApplicationLock(
      7, path: state + "/lock", wait: .zero, queue: state + "/waiting")
    _ = journal.days.summary(
      of: "2026-03-04", isOver: true, complain: Complaint { Issue.record("\($0)") })
  }

  private func make(_ kind: String, _ path: String) throws {
    let path = "\(state)/\(path)"
    switch kind {
    case "folder": try #require(mkdir(path, 0o700) == 0)
    case "pipe": try #require(mkfifo(path, 0o600) == 0)
    case "socket": try #require(mknod(path, S_IFSOCK | 0o600, 0) == 0)
    case "link": try #require(symlink("/etc/passwd", path) == 0)
    case "dangling": try #require(symlink("/none", path) == 0)
    case "loop": try #require(symlink(path, path) == 0)
    case _: close(open(path, O_CREAT | O_WRONLY, 0o600))
    }
  }

  @Test func `what gatilho writes is not stray`() {
    #expect(journal.strays() == Strays())
  }

  private static let kinds = ["file", "folder", "pipe", "socket", "link", "dangling", "loop"]
  private static let places = [
    ".DS_Store", "applications/lost+found", "applications/007/7.jsonl.bak",
    "applications/007/1007.jsonl.swp", "applications/007/8.jsonl", "days/2026-02-30",
    "days/2026-03-04/.web1.jsonl.swp", "quarantine/x.json", "notes/x", "x\u{1B}[31m",
    String(repeating: "n", count: 255),
  ]

  @Test(arguments: places, kinds)
  func `a stray name is named, and passed over`(_ place: String, _ kind: String) throws {
    try make(kind, place)
    #expect(journal.strays().paths == [place])
    try expectPassedOver()
  }

  /// In the place of a file.
  @Test(arguments: [
    "applications/007/1007.jsonl", "days/2026-03-04/other.jsonl", "quarantine/0.json",
    "notes/busy.json",
    "quarantine/0.json.1",
  ])
  func `what is no file is stray in a file's place`(_ place: String) throws {
    for kind in Self.kinds where kind != "file" {
      try make(kind, place)
      #expect(journal.strays().paths == [place], "\(kind)")
      try expectPassedOver()
      try FileManager.default.removeItem(atPath: "\(state)/\(place)")
    }
  }

  /// In the place of a folder.
  @Test(arguments: ["applications/008", "days/2026-03-05"])
  func `what is no folder is stray in a folder's place`(_ place: String) throws {
    for kind in Self.kinds where kind != "folder" {
      try make(kind, place)
      #expect(journal.strays().paths == [place], "\(kind)")
      try expectPassedOver()
      try FileManager.default.removeItem(atPath: "\(state)/\(place)")
    }
  }

  @Test func `a name that is not UTF-8 is stray`() throws {
    let bytes: [CChar] = (state + "/days/").utf8.map { CChar(bitPattern: $0) } + [-1, 0]
    try #require(mkdir(bytes, 0o700) == 0)
    #expect(journal.strays().paths.contains("days/\u{FFFD}"))
    try expectPassedOver()
  }

  @Test func `of many a few are named, and all are counted`() throws {
    for number in 0..<20 { try make("file", "stray\(number)") }
    #expect(journal.strays().count == 20)
    #expect(journal.strays().paths.count == 5)
  }

  @Test func `a folder that a symbolic link leads to is a folder`() throws {
    let other = try TemporaryFolder()
    for name in ["applications", "days", "quarantine"] {
      let (here, there) = ("\(state)/\(name)", "\(other.path)/\(name)")
      try FileManager.default.moveItem(atPath: here, toPath: there)
      try #require(symlink(there, here) == 0)
    }
    #expect(journal.strays() == Strays())
    try expectPassedOver()
  }

  /// Every listing finds what is gatilho's, and only that.
  private func expectPassedOver() throws {
    var found: [Int64] = []
    func visit(_ application: Int64, _ history: History) { found.append(application) }
    try journal.forEachHistory(
      { _, _ in }, complain: Complaint { Issue.record("\($0)") }, visit)
    #expect(found == [7])
    #expect(try journal.days.days() == ["2026-03-04"])
    #expect(try journal.days.lines(of: "2026-03-04").count == 1)
    #expect(try journal.days.line(of: "a") != nil)
    #expect(try journal.quarantine.kept().count == 1)
    try journal.quarantine.keep(Array("[]".utf8))
    try journal.quarantine.remove(try journal.quarantine.everything().map(\.path))
    try journal.quarantine.keep(Array("{}".utf8))
    let count = try journal.reindex(
      recent: "2026-03-04", progress: { _, _ in }, complain: Complaint { Issue.record("\($0)") })
    #expect(count == 0)
  }

  @Test func `a pipe in a file's place makes nobody wait`() throws {
    for path in ["retry.json", "configuration.json", "audit.jsonl", "applications/007/7.jsonl"] {
      unlink("\(state)/\(path)")
      try make("pipe", path)
    }
    #expect(RetryRun(state: state) == nil)
    #expect(throws: JournalError.self) { try journal.claim.take(for: "/a.json") }
    #expect(throws: JournalError.self) { try Audit(state: state).append("line") }
    #expect(throws: JournalError.self) { try journal.history(of: 7) }
    #expect(throws: JournalError.self) { _ = try journal.open(7, wait: .zero) }
  }

  @Test func `drafts are taken when they are old`() throws {
    for path in ["check.1", "retry.json.2", "days/2026-03-04/summary.3", "quarantine/0.json.4"] {
      try make("file", path)
    }
    #expect(journal.drafts(before: 0) == [])
    #expect(journal.drafts(before: .max).count == 4)
    try journal.quarantine.remove(journal.drafts(before: .max))
    #expect(journal.drafts(before: .max) == [])
    #expect(journal.strays() == Strays())
  }
}
