import FoundationEssentials
import Gupy
import JSON
import TestSupport
import Testing

@testable import Journal

/// What names a candidate is taken out of a file in place, and the file itself is removed.
@Suite struct ErasedTests {
  private let folder: TemporaryFolder
  private let journal: Journal
  private let at = Timestamp("2026-03-04T18:30:13.101Z")

  init() throws {
    folder = try TemporaryFolder(inMemory: true)
    journal = Journal(state: folder.path)
  }

  private func open() throws -> Story { try journal.open(7, wait: .milliseconds(200)) }

  private var file: URL { URL(filePath: journal.path(of: 7)) }

  private func write(_ bytes: [UInt8]) throws {
    do { _ = try open() }
    try Data(bytes).write(to: file)
  }

  private func bytes() throws -> [UInt8] { [UInt8](try Data(contentsOf: file)) }

  private func text() throws -> String { String(decoding: try bytes(), as: UTF8.self) }

  private func erase() throws {
    var story = try open()
    try story.erase()
  }

  /// An accepted event, one that the provider refused, one that may have been sent, one that waits.
  private var lines: [Line] {
    func event(_ id: String) -> Line {
      Line(at: at, eventId: id, .event(.least(name: "Bianca \"Bia\" Prado Teles")))
    }
    func attempt(_ id: String) -> Line {
      Line(
        at: at, eventId: id, .attempt(Attempt(provider: "callbell", template: "t", rule: nil)))
    }
    func outcome(_ id: String, _ outcome: Outcome) -> Line {
      Line(at: at, eventId: id, .outcome(outcome))
    }
    return [
      event("id-a"), attempt("id-a"),
      outcome("id-a", Outcome(.accepted, messageId: "wamid.Bianca", httpStatus: 200)),
      event("id-b"), attempt("id-b"),
      outcome("id-b", Outcome(.rejected, reason: "no Bianca", httpStatus: 422)),
      event("id-c"), attempt("id-c"), event("id-d"),
      outcome("id-d", Outcome(.unavailable, reason: "paused")),
    ]
  }

  @Test func `only what names the candidate goes, and every line keeps its place`() throws {
    try write(lines.prefix(3).flatMap { $0.encoded })
    try erase()
    #expect(
      try text() == """
        {"at":"2026-03-04T18:30:13.101Z","erased":true,"event":{"application":{"id":"1"},"date":"1970-01-01T00:00:00.000Z","problems":[],"type":"application.moved"}\(String(repeating: " ", count: 36)),"eventId":"id-a"}
        {"at":"2026-03-04T18:30:13.101Z","attempt":{"provider":"callbell","template":"t"},"eventId":"id-a"}
        {"at":"2026-03-04T18:30:13.101Z","eventId":"id-a","outcome":{"httpStatus":200,"status":"accepted"}}\(String(repeating: " ", count: 27))

        """)
  }

  @Test func `what was erased says the same of each event, and stays as it is`() throws {
    let before = lines.flatMap { $0.encoded }
    try write(before)
    try erase()
    let erased = try bytes()
    #expect(erased.count == before.count)
    #expect(try !text().contains("Bianca"))
    let history = History(erased)
    #expect(history.entries.map(\.isErased) == [true, true, true, true])
    #expect(history.entries.map(\.outcome?.status) == [.accepted, .rejected, nil, .unavailable])
    #expect(history.entry("id-d")?.outcome?.reason == "paused")
    #expect(history.unreadableLines.isEmpty && !history.isHalfErased)
    try erase()
    #expect(try bytes() == erased)
  }

  /// A power loss keeps some sectors of the old bytes and some of the new.
  @Test(arguments: [false, true])
  func `no mixture of old and new loses an event or makes it due again`(_ isNewFirst: Bool) throws {
    let old = lines.flatMap { $0.encoded }
    try write(old)
    try erase()
    let new = try bytes()
    let states = History(old).entries.map(\.standing)
    for cut in 0...old.count {
      let mixture =
        isNewFirst ? new[..<cut] + old[cut...] : old[..<cut] + new[cut...]
      let history = History(Array(mixture))
      for (index, id) in ["id-a", "id-b", "id-c", "id-d"].enumerated() {
        let state = history.entry(id)?.standing
        #expect(
          state == .unconfirmed || state == states[index], "cut at \(cut): \(id)")
      }
      let isNamed =
        history.entries.contains { $0.event?[.candidateName] != nil }
        || history.unreadableTexts.contains { $0.contains(#"Bianca \"Bia\" Prado Teles"#) }
      let isLeft = String(decoding: mixture, as: UTF8.self).firstMatch(of: /Bianca|Prado/) != nil
      #expect(!isLeft || isNamed || history.isHalfErased, "cut at \(cut)")
      try write(Array(mixture))
      try erase()
      let after = History(try bytes())
      #expect(try text().firstMatch(of: /Bianca|Prado/) == nil, "cut at \(cut)")
      #expect(["id-a", "id-b", "id-c", "id-d"].allSatisfy { after.entry($0)?.isErased == true })
    }
  }

  @Test(arguments: [
    (#"{"at":"x","event":{"name":"Bianca","eventId":"id-e"}"#, [#""eventId":"id-e""#]),
    (#"Bianca"eventId":"a"Bianca"eventId":"b\"#, [#""eventId":"a""#]),
    (#"{"eventId":"a","eventId":"b","name":"Bianca"#, [#""eventId":"a""#, #""eventId":"b""#]),
    (#"Bianca"eventId":"a\"b"Bianca"#, [#""eventId":"a\"b""#]), ("Bianca", []), ("", []),
  ])
  func `of a line that cannot be read only ids are left, where they stood`(
    _ line: String, _ ids: [String]
  ) throws {
    try write(Array("\(line)\n".utf8))
    try erase()
    let erased = try text()
    #expect(erased.utf8.count == line.utf8.count + 1)
    #expect(!erased.contains("Bianca"))
    for id in ids {
      #expect(erased.firstRange(of: id)?.lowerBound == line.firstRange(of: id)?.lowerBound)
    }
    #expect(History(try bytes()).unreadableLines == [1])
    if let id = ids.first?.split(separator: "\"").last {
      let entry = try open().history.entry(String(id))
      #expect(entry?.standing == .unconfirmed)
      #expect(entry?.isErased == true)
    }
    try erase()
    #expect(try text() == erased)
  }

  @Test
  func
    `of a line of a later program only the id is left, and until then what names somebody is found`()
    throws
  {
    let line = #"{ "at": "x", "eventId" : "id-e", "note": "Bianca" }"#
    try write(Array("\(line)\n".utf8))
    #expect(try open().history.unreadableTexts.contains(line))
    try erase()
    #expect(try text().utf8.count == line.utf8.count + 1)
    #expect(try text().hasPrefix(#""eventId":"id-e"  "#))
    #expect(try open().history.entry("id-e")?.isErased == true)
  }

  @Test func `an id with marks that JSON escapes is found in what is left of its line`() throws {
    for line in [
      #"Bianca"eventId":"a\"b"Bianca"#, #"{"at":"x","event":{"name":""},"eventId":"a\"b"}"#,
    ] {
      try write(Array("\(line)\n".utf8))
      try erase()
      #expect(try open().history.entry("a\"b")?.isErased == true)
    }
  }

  @Test func `an unreadable line that nobody erased does not make its event an erased one`() throws
  {
    try write(Array("{\"at\":\"x\",\"eventId\":\"a\",\"event\n".utf8))
    #expect(try open().history.entry("a")?.isErased == false)
  }

  @Test func `a torn tail is named among what cannot be read, and cut off`() throws {
    try write(lines[1].encoded + Array("{\"name\":\"Bianca".utf8))
    #expect(try open().history.unreadableTexts.last == "{\"name\":\"Bianca")
    try erase()
    #expect(try bytes() == lines[1].encoded)
  }

  @Test func `who erased or removed must not write any more`() throws {
    try write(lines.flatMap { $0.encoded })
    var erased = try open()
    try erased.erase()
    #expect(throws: JournalError.self) { try erased.keep("id-a") }
    _ = consume erased
    var removed = try open()
    try removed.remove()
    #expect(throws: JournalError.self) { try removed.keep("id-a") }
    #expect(throws: JournalError.self) { try removed.erase() }
  }

  @Test func `who waits for the lock of what is removed begins a new file`() async throws {
    try write(lines.flatMap { $0.encoded })
    let (journal, line) = (journal, lines[0])
    var story = try open()
    let watch = LockWatch(folder.path + "/lock")
    async let next: Int = onThread {
      var story = try journal.open(7, wait: .seconds(60))
      try story.keep("id-a", adding: [line])
      return story.history.entries.count
    }
    #expect(try await watch.sees(tries: 1))
    try story.remove()
    _ = consume story
    #expect(try await next == 0)
    #expect(try bytes() == line.encoded)
  }

  @Test func `looking for a file that is not there makes none`() throws {
    do { _ = try open() }
    #expect(try journal.openExisting(8, wait: .zero) == nil)
    #expect(try journal.changedAt(8) == nil)
    try journal.sync(8)
    #expect(try journal.changedAt(7) != nil)
  }
}
