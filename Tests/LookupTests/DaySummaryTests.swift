import FoundationEssentials
import TestSupport
import Testing

@testable import Journal
@testable import Lookup

@Suite struct DaySummaryTests {
  private let folder: TemporaryFolder
  private let index: DayIndex
  private static let day = "2026-03-04"

  init() throws {
    folder = try TemporaryFolder()
    index = DayIndex(folder: folder.path + "/days", file: "web1.jsonl")
  }

  private func line(
    _ id: String, _ outcome: Outcome? = nil, at time: String = "18:30:13.101",
    isAgain: Bool = false, journal: Duration? = nil, provider: Duration? = nil
  ) -> DayLine {
    DayLine(
      at: .written("\(Self.day)T\(time)Z"), eventId: id, application: 612_000_101,
      type: "application.moved", outcome: outcome, isAgain: isAgain, journal: journal,
      provider: provider)
  }

  private func add(_ lines: DayLine..., host: String = "web1") throws {
    let index = DayIndex(folder: folder.path + "/days", file: host + ".jsonl")
    for line in lines { try index.append(line) }
  }

  private func summary(isOver: Bool = false) throws -> DaySummary {
    index.summary(of: Self.day, isOver: isOver, complain: Complaint { Issue.record("\($0)") })
  }

  /// What each hour counts, in words.
  private func counts(_ summary: DaySummary) -> Set<String> {
    var words: Set<String> = []
    for (hour, counted) in summary.hours.enumerated() {
      for (kind, count) in zip(summary.kinds, counted.events) where count > 0 {
        words.insert("\(hour)h \(count) \(kind.status) \(kind.reason ?? "-")")
      }
    }
    return words
  }

  private static func key(_ id: String) -> Int {
    DaySummary.key(application: 612_000_101, eventId: id)
  }

  @Test func `an event counts once, where its last line of the day stands`() throws {
    try add(
      line("a", at: "01:00:00.000"), line("a", Outcome(.unavailable), at: "01:00:01.000"),
      line("a", at: "05:00:00.000", isAgain: true),
      line("a", Outcome(.accepted), at: "05:00:01.000"), line("b", at: "05:59:59.999"),
      line("b", Outcome(.ignored, reason: "stale"), at: "06:00:00.000"))
    let summary = try summary()
    #expect(counts(summary) == ["5h 1 accepted -", "6h 1 ignored stale"])
    #expect(summary.open == [])
    #expect(summary.again == [])
  }

  @Test(arguments: [
    (Outcome(.accepted), false), (Outcome(.ignored, reason: "superseded"), false),
    (Outcome(.ignored, reason: "noRule"), true), (Outcome(.undeliverable), true),
    (Outcome(.rejected), true), (Outcome(.unavailable), true), (Outcome(.unconfirmed), true),
    (nil, true),
  ])
  func `what leaves something to do is open, with its times`(
    _ outcome: Outcome?, _ isOpen: Bool
  ) throws {
    try add(line("a", at: "00:00:00.001"))
    if let outcome { try add(line("a", outcome, at: "00:00:01.002")) }
    let open = try summary().open
    #expect(open.map(\.key) == (isOpen ? [Self.key("a")] : []))
    #expect(open.allSatisfy { $0.application == 612_000_101 && $0.first == 1 && $0.isNew })
    #expect(open.allSatisfy { $0.last == (outcome == nil ? 1 : 1_002) })
  }

  @Test func `an event of an earlier day is known by what its lines say, or do not say`() throws {
    try add(
      line("new"), line("new", Outcome(.accepted)), line("again", isAgain: true),
      line("again", Outcome(.accepted)), line("over midnight", Outcome(.accepted)))
    #expect(Set(try summary().again) == [Self.key("again"), Self.key("over midnight")])
  }

  @Test func `of the lines of two hosts that of the later time counts`() throws {
    try add(line("a", Outcome(.accepted), at: "09:00:00.000"), host: "web1")
    try add(
      line("a", at: "08:00:00.000"), line("a", Outcome(.unavailable), at: "08:00:01.000"),
      host: "web2")
    #expect(counts(try summary()) == ["9h 1 accepted -"])
  }

  @Test func `an id with an escape counts like any other, and what is torn counts nothing`()
    throws
  {
    let id = "a\"\\\u{1F}é"
    try add(line(id), line(id, Outcome(.rejected), provider: .milliseconds(7)))
    let path = URL(filePath: "\(folder.path)/days/\(Self.day)/web1.jsonl")
    let torn = Data("\n{\"application\":\"1\",\"at\":\"2026".utf8)
    try (Data(contentsOf: path) + torn).write(to: path)
    let summary = try summary()
    #expect(counts(summary) == ["18h 1 rejected -"])
    #expect(summary.open.map(\.key) == [Self.key(id)])
    #expect(summary.hours[18].provider.count == 1)
  }

  @Test func `times are counted in their class, by the hour`() throws {
    try add(
      line("a", Outcome(.accepted), journal: .milliseconds(3), provider: .milliseconds(100)),
      line("b", Outcome(.accepted), journal: .microseconds(400), provider: .milliseconds(101)),
      line("c", Outcome(.unconfirmed), journal: .zero, provider: .seconds(11)))
    let hour = try summary().hours[18]
    #expect(hour.journal.counts == [2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    #expect(hour.provider.counts == [0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1])
    #expect(hour.provider.sum == 11_201)
    #expect(hour.provider.bound(of: 0.33) == 100)
    #expect(hour.provider.bound(of: 0.5) == 200)
    #expect(hour.provider.bound(of: 0.99) == nil)
  }

  @Test func `since when nothing was answered is known to the line`() throws {
    try add(
      line("a", Outcome(.unavailable), at: "01:00:00.000"),
      line("b", Outcome(.accepted), at: "02:00:00.000"),
      line("a", Outcome(.unavailable), at: "03:00:00.000"),
      line("c", Outcome(.unavailable), at: "04:00:00.000"), line("d", at: "05:00:00.000"))
    let summary = try summary()
    #expect(summary.answered == 2 * 3_600_000)
    #expect(summary.failing == 3 * 3_600_000)
    #expect(summary.latest == 5 * 3_600_000)
  }

  private var kept: String { "\(folder.path)/days/\(Self.day)/summary" }

  @Test func `a day that is over is counted once, and read from then on`() throws {
    try add(
      line("a", at: "01:00:00.000"), line("a", Outcome(.rejected), journal: .milliseconds(3)),
      line("b", Outcome(.ignored, reason: "noRule"), provider: .milliseconds(3)))
    let counted = try summary(isOver: true)
    #expect(FileManager.default.fileExists(atPath: kept))
    #expect(try summary(isOver: true) == counted)
    #expect(try summary(isOver: false) == counted)
    #expect(try index.lines(of: Self.day).count == 3)
    // It is read indeed: whatever it says counts, as long as the lines are the same.
    let sources = try DaySummary.sources(["\(folder.path)/days/\(Self.day)/web1.jsonl"])
    DaySummary().keep(at: kept, from: sources)
    #expect(try summary(isOver: true) == DaySummary())
  }

  @Test func `today is not kept, nor is a day without lines`() throws {
    try add(line("a"))
    _ = try summary(isOver: false)
    _ = index.summary(of: "2026-03-03", isOver: true, complain: Complaint { _ in })
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/days") == [Self.day])
    #expect(!FileManager.default.fileExists(atPath: kept))
  }

  @Test func `a late line, another host's file or a damaged summary makes it counted anew`() throws
  {
    try add(line("a"))
    _ = try summary(isOver: true)
    try add(line("b"))
    #expect(counts(try summary(isOver: true)) == ["18h 2 received -"])
    try add(line("c"), host: "web2")
    let whole = try summary(isOver: true)
    #expect(counts(whole) == ["18h 3 received -"])
    let bytes = try Data(contentsOf: URL(filePath: kept))
    var flipped = bytes
    flipped[bytes.count / 2] ^= 1
    let miscounted = String(decoding: bytes, as: UTF8.self)
      .replacing(#""events":"3 ""#, with: #""events":"2 ""#)
    let damages = [
      Data(miscounted.utf8),
      bytes.prefix(bytes.count / 2), Data(), bytes.dropLast(1), Data(count: bytes.count), flipped,
      // What earlier programs kept: 64-bit words.
      Data([1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0]),
    ]
    #expect(!damages.contains(bytes))
    for damage in damages {
      try damage.write(to: URL(filePath: kept))
      #expect(try summary(isOver: true) == whole)
      #expect(try Data(contentsOf: URL(filePath: kept)) == bytes)
    }
  }

  @Test func `a summary that cannot be written costs time and nothing else`() throws {
    try add(line("a"))
    try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: false)
    #expect(counts(try summary(isOver: true)) == ["18h 1 received -"])
    let names = try FileManager.default.contentsOfDirectory(
      atPath: "\(folder.path)/days/\(Self.day)")
    #expect(names.sorted() == ["summary", "web1.jsonl"])
  }

  @Test func `an id is found wherever it stands, and no other that holds it`() throws {
    try add(line("abc"), line("a\"b"), line("ab"))
    #expect(try index.line(of: "ab")?.eventId == "ab")
    #expect(try index.line(of: "a\"b")?.eventId == "a\"b")
    #expect(try index.line(of: "b") == nil)
    #expect(try index.line(of: "application.moved") == nil)
  }
}
