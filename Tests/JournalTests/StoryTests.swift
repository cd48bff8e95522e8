import FoundationEssentials
import Glibc
import Gupy
import TestSupport
import Testing

@testable import Journal

@Suite struct StoryTests {
  private let folder: TemporaryFolder
  private let journal: Journal

  init() throws {
    folder = try TemporaryFolder()
    journal = Journal(state: folder.path)
  }

  private func open(_ application: Int64 = 612_000_101) throws -> Story {
    try journal.open(application, wait: .milliseconds(200))
  }

  private func event(_ id: String, _ name: String = "Bianca") -> Line {
    Line(
      at: Timestamp("2026-03-04T18:30:13.101Z"), eventId: id,
      .event(.least(name: name)))
  }

  private func attempt(_ id: String) -> Line {
    Line(
      at: Timestamp("2026-03-04T18:30:13.102Z"), eventId: id,
      .attempt(Attempt(provider: "callbell", template: "t", rule: nil)))
  }

  private func outcome(_ id: String, _ status: Outcome.Status) -> Line {
    Line(
      at: Timestamp("2026-03-04T18:30:13.103Z"), eventId: id, .outcome(Outcome(status)))
  }

  private func text(_ application: Int64 = 612_000_101) throws -> String {
    let bytes = try Data(contentsOf: URL(filePath: journal.path(of: application)))
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(_ text: String) throws {
    do { _ = try open() }
    try Data(text.utf8).write(to: URL(filePath: journal.path(of: 612_000_101)))
  }

  private func standing(_ id: String) throws -> Standing? {
    try open().history.entry(id)?.standing
  }

  @Test func `an application's file stands in the folder of its last three digits`() throws {
    #expect(journal.path(of: 612_000_101) == folder.path + "/applications/101/612000101.jsonl")
    #expect(journal.path(of: 5) == folder.path + "/applications/005/5.jsonl")
    #expect(journal.path(of: .max).hasSuffix("/807/9223372036854775807.jsonl"))
  }

  @Test func `the largest application number has a lock and a file`() throws {
    var story = try open(.max)
    try story.keep("a", adding: [event("a")])
    #expect(try text(.max).contains("Bianca"))
  }

  @Test func `lines are JSON with sorted keys and without what is absent`() throws {
    var story = try open()
    try story.keep("a", adding: [event("a"), attempt("a")])
    try story.keep("a", adding: [outcome("a", .accepted)])
    #expect(
      try text() == """
        {"at":"2026-03-04T18:30:13.101Z","event":{"application":{"id":"1"},"candidate":{"name":"Bianca"},"date":"1970-01-01T00:00:00.000Z","problems":[],"type":"application.moved"},"eventId":"a"}
        {"at":"2026-03-04T18:30:13.102Z","attempt":{"provider":"callbell","template":"t"},"eventId":"a"}
        {"at":"2026-03-04T18:30:13.103Z","eventId":"a","outcome":{"status":"accepted"}}

        """)
  }

  @Test func `files are for their owner alone`() throws {
    do {
      var story = try open()
      try story.keep("a", adding: [event("a")])
    }
    func mode(_ path: String) -> mode_t {
      var info = stat()
      return stat(path, &info) == 0 ? info.st_mode & 0o777 : 0
    }
    #expect(mode(journal.path(of: 612_000_101)) == 0o600)
    #expect(mode(folder.path + "/applications/101") == 0o700)
    #expect(mode(folder.path + "/lock") == 0o600)
  }

  @Test func `every state of an event on disk means what the table says`() throws {
    func states(_ lines: [Line]) throws -> Standing? {
      let bytes = lines.flatMap { $0.encoded }
      return History(bytes).entry("a")?.standing
    }
    #expect(try states([]) == nil)
    #expect(try states([event("a")]) == .received)
    #expect(try states([event("a"), attempt("a")]) == .unconfirmed)
    #expect(try states([event("a"), attempt("a"), outcome("a", .unconfirmed)]) == .unconfirmed)
    #expect(try states([event("a"), attempt("a"), outcome("a", .unavailable)]) == .unavailable)
    #expect(
      try states([event("a"), attempt("a"), outcome("a", .unavailable), attempt("a")])
        == .unconfirmed)
    for status in [Outcome.Status.accepted, .ignored, .undeliverable, .rejected] {
      #expect(try states([event("a"), outcome("a", status)]) == Standing(Outcome(status)))
    }
  }

  @Test func `a torn tail is skipped by readers and cut by the next writer`() throws {
    let whole = String(decoding: event("a").encoded, as: UTF8.self)
    try write(whole + "{\"at\":\"2026-03-04T18:30:13.102Z\",\"attempt\":{\"prov")
    #expect(try standing("a") == .received)
    do {
      var story = try open()
      #expect(story.history.unreadableLines.isEmpty)
      try story.keep("b", adding: [event("b")])
    }
    #expect(try text() == whole + String(decoding: event("b").encoded, as: UTF8.self))
  }

  @Test func `a torn tail that is longer than the next line leaves nothing behind`() throws {
    try write(String(repeating: "x", count: 1_000))
    do {
      var story = try open()
      try story.keep("a", adding: [event("a")])
    }
    #expect(try text() == String(decoding: event("a").encoded, as: UTF8.self))
  }

  @Test(arguments: [false, true])
  func `what another wrote of the event is written again in place, the same bytes`(
    _ isTakeOver: Bool
  ) throws {
    let lines = [event("a"), event("b"), attempt("a")].flatMap { $0.encoded }
    try write(String(decoding: lines, as: UTF8.self))
    let new = isTakeOver ? [outcome("a", .unconfirmed)] : []
    do {
      var story = try open()
      // What a lost page looks like: these bytes never came to the disk.
      let blank = Data([UInt8](repeating: 0x20, count: lines.count))
      try blank.write(to: URL(filePath: journal.path(of: 612_000_101)))
      try story.keep("a", adding: new)
    }
    let expected =
      [event("a")].flatMap { $0.encoded }
      + [UInt8](repeating: 0x20, count: event("b").encoded.count) + attempt("a").encoded
      + new.flatMap { $0.encoded }
    #expect(try text() == String(decoding: expected, as: UTF8.self))
  }

  @Test func `after a failure nothing more is written through the same descriptor`() throws {
    do { _ = try open() }
    let lock = try ApplicationLock(1, path: folder.path + "/lock", wait: .zero)
    var story = try Story(
      File("/dev/full", O_RDWR), of: journal, folder: folder.path + "/applications/101",
      lock: lock)
    #expect(throws: JournalError.self) { try story.keep("a", adding: [event("a")]) }
    #expect(throws: JournalError.failed(call: "write", path: "/dev/full", errno: EIO)) {
      try story.keep("a", adding: [event("a")])
    }
  }

  @Test func `an unreadable line puts every unfinished event of its file in doubt`() throws {
    let lines = [event("open"), event("late"), outcome("late", .unavailable), event("done")]
    let done = outcome("done", .accepted).encoded
    let bytes = lines.flatMap { $0.encoded } + Array("{\"broken\n".utf8) + done
    try write(String(decoding: bytes, as: UTF8.self))
    #expect(try standing("open") == .unconfirmed)
    #expect(try standing("late") == .unconfirmed)
    #expect(try standing("done") == .accepted)
    #expect(try open().history.unreadableLines == [5])
  }

  @Test(arguments: [
    #"{"at":"x","report":{"status":"delivered"},"eventId":"late"}"#,
    #"{"at":"x","attempt":null,"eventId":"late"}"#,
    #"{"at":"x","eventId":"late","outcome":{"status":"waiting"}}"#,
    #"{"at":"x","eventId":"late","event":{"type":"candidate.hired"}}"#,
  ])
  func `a line of a later program holds its own event, and no other`(_ line: String) throws {
    let lines = [event("late"), outcome("late", .unavailable), event("open"), event("done")]
    let texts = (lines + [outcome("done", .accepted)]).map {
      String(decoding: $0.encoded, as: UTF8.self)
    }
    let done = line.replacing("late", with: "done")
    let new = line.replacing("late", with: "new")
    try write(texts.joined() + [line, done, new].map { $0 + "\n" }.joined())
    #expect(try standing("late") == .unconfirmed)
    #expect(try standing("open") == .received)
    #expect(try standing("done") == .accepted)
    #expect(try standing("new") == .unconfirmed)
    #expect(try open().history.unreadableLines.isEmpty)
    #expect(try open().history.unreadableTexts == [line, done, new, ""])
    do {
      var story = try open()
      try story.keep("late", adding: [outcome("late", .accepted)])
    }
    #expect(try standing("late") == .accepted)
  }

  @Test func `an event arrives with the first of its lines that can be read`() throws {
    let later = #"{"at":"2020-01-01T00:00:00.000Z","eventId":"late","seen":{}}"#
    try write(later + "\n" + String(decoding: event("late").encoded, as: UTF8.self))
    let entry = try #require(try open().history.entry("late"))
    #expect(entry.arrival == event("late").at)
    #expect(entry.standing == .unconfirmed)
  }

  @Test func `an outcome that says erased is a later program's, and nothing is sent`() throws {
    let erased =
      #"{"at":"2020-01-01T00:00:00.000Z","erased":true,"eventId":"late","outcome":{"status":"accepted"}}"#
    let lines = [event("late"), outcome("late", .unavailable)]
      .map { String(decoding: $0.encoded, as: UTF8.self) }
    try write(erased + "\n" + lines.joined())
    #expect(try standing("late") == .unconfirmed)
  }

  @Test(arguments: [
    #"{"at":"x","attempu":{"provider":"callbell"}}"#, #"{"attempu":{},"eventId":"b"}"#,
    #"{"at":"x","attempu":{},"eventId":""}"#, "[\(String(repeating: "[", count: 512))", "",
    "\u{0}\u{0}",
  ])
  func `a line that says nothing may have said that the message left`(_ line: String) throws {
    try write(String(decoding: event("a").encoded, as: UTF8.self) + line + "\n")
    #expect(try standing("a") == .unconfirmed)
    #expect(try open().history.unreadableLines == [2])
  }

  @Test func `ids are told apart by their bytes, and found behind JSON's escapes`() throws {
    let odd = "a\"b\\c/é😀"
    let bytes = Array("garbage".utf8) + event(odd).encoded + event("caf\u{E9}").encoded
    try write(String(decoding: bytes, as: UTF8.self))
    #expect(try standing(odd) == .unconfirmed)
    #expect(try standing("caf\u{E9}") != nil)
    #expect(try standing("cafe\u{301}") == nil)
  }

  @Test func `an id that only an unreadable line holds is in doubt, any other is new`() throws {
    try write("{\"at\":\"x\",\"eventId\":\"a\",\"event\n")
    #expect(try standing("a") == .unconfirmed)
    #expect(try standing("b") == nil)
  }

  @Test func `one process at a time has an application, and the next waits`() throws {
    var story = try open()
    #expect(throws: JournalError.busy(application: 612_000_101)) { _ = try open() }
    try story.keep("a", adding: [event("a"), attempt("a")])
    #expect(throws: JournalError.busy(application: 612_000_101)) { _ = try open() }
    _ = try open(612_000_102)
    _ = consume story
    _ = try open()
  }

  @Test func `a symbolic link in the file's place is refused`() throws {
    do { _ = try open() }
    let path = journal.path(of: 612_000_101)
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: folder.path + "/elsewhere")
    #expect(throws: JournalError.failed(call: "open", path: path, errno: ELOOP)) { _ = try open() }
  }

  @Test func `a state folder that is gone is an error that names the call and the path`() throws {
    try FileManager.default.removeItem(atPath: folder.path)
    let error = #expect(throws: JournalError.self) { _ = try open() }
    #expect(error?.description == "open \(folder.path)/lock: No such file or directory")
  }

  @Test func `what a person reopens is to be decided again, and what is written then counts`()
    throws
  {
    let reopened = Line(
      at: Timestamp("2026-03-04T19:00:00.000Z"), eventId: "a", .reopened(by: "retry"))
    for outcome in [outcome("a", .rejected), outcome("a", .unconfirmed), nil] {
      var story = try open()
      try story.keep("a", adding: [event("a"), attempt("a"), outcome, reopened].compactMap(\.self))
    }
    #expect(try standing("a") == .received)
    #expect(try open().history.entry("a")?.last == Timestamp("2026-03-04T19:00:00.000Z"))
    #expect(
      try text().hasSuffix(
        #"{"at":"2026-03-04T19:00:00.000Z","eventId":"a","reopened":{"by":"retry"}}"# + "\n"))
    do {
      var story = try open()
      try story.keep("a", adding: [attempt("a")])
    }
    #expect(try standing("a") == .unconfirmed)
    do {
      var story = try open()
      try story.keep("a", adding: [outcome("a", .accepted)])
    }
    #expect(try standing("a") == .accepted)
  }

  @Test func `looking at an application makes no file`() throws {
    #expect(try journal.history(of: 5).entries.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    try write("{}\n")
    #expect(try journal.history(of: 612_000_101).unreadableLines == [1])
    #expect(try journal.history(of: 101).entries.isEmpty)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: folder.path + "/applications/101")
    #expect(names == ["612000101.jsonl"])
  }
}
