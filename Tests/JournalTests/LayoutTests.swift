import Testing

@testable import Journal

/// Which names are gatilho's at each level of the state folder.
@Suite struct LayoutTests {
  private static let ours: [(Layout, String, Layout.Kind)] =
    ["lock", "provider.jsonl", "provider.lock", "retry.json", "audit.jsonl", "configuration.json"]
    .map { (.state, $0, .file) } + [
      (.state, "applications", .folder(.applications)), (.state, "days", .folder(.days)),
      (.state, "quarantine", .folder(.quarantine)), (.state, "notes", .folder(.notes)),
      (.state, "check.0", .draft), (.state, "retry.json.18446744073709551615", .draft),
      (.state, ".dat.nosync1a2b.3c4d", .draft), (.state, "configuration.json.7", .draft),
      (.applications, "000", .folder(.thousandth("000"))),
      (.thousandth("007"), "7.jsonl", .file), (.thousandth("000"), "0.jsonl", .file),
      (.thousandth("807"), "9223372036854775807.jsonl", .file),
      (.days, "2026-03-04", .folder(.day)), (.days, "2028-02-29", .folder(.day)),
      (.day, "web1.example.com.jsonl", .file), (.day, "summary", .file),
      (.day, "summary.12", .draft), (.day, "reindex.draft", .draft), (.day, "é.jsonl", .file),
      (.quarantine, "85944171f73967e8.json", .file),
      (.quarantine, "85944171f73967e8-12.json", .file),
      (.quarantine, "85944171f73967e8.json.12", .draft),
      (.state, "working", .folder(.working)), (.working, "web1", .file), (.state, "waiting", .file),
      (.state, "clocks", .folder(.clocks)), (.clocks, "web1.json", .file),
      (.notes, "clock.json", .file), (.notes, "clock.json.12", .draft),
    ]

  @Test(arguments: ours)
  func `what gatilho writes is its own`(_ level: Layout, _ name: String, _ kind: Layout.Kind) {
    #expect(level.kind(of: name) == kind)
  }

  private static let others: [(Layout, [String])] = [
    (
      .state,
      [
        "", ".DS_Store", "lost+found", "Lock", "lock~", "lock.bak", "lock.012", "lock.-1", "lock.x",
        "applications.1", "applications ", "check", "check.", "check.18446744073709551616", "007",
      ]
    ),
    (.applications, ["1", "01", "1000", "00a", "٠٠١", "１２３", "+01", "001.1", "001~", ".001"]),
    (
      .thousandth("101"),
      [
        "612000102.jsonl", "0101.jsonl", "+101.jsonl", "-101.jsonl", "101", "101.json",
        "101.jsonl~",
        ".101.jsonl.swp", "101.jsonl.bak", "101.JSONL", "９１０１.jsonl", ".jsonl", "",
        "9223372036854776101.jsonl", "99999999999999999999101.jsonl",
      ]
    ),
    (
      .days,
      [
        "2026-02-30", "2026-13-01", "2026-00-10", "2026-01-00", "2027-02-29", "2100-02-29",
        "2026-3-4", "2026-03-04.bak", "２０２６-03-04", "2026-03-04.1", "lost+found",
      ]
    ),
    (.day, [".web1.jsonl", "web1.jsonl~", "web1.json", "summary~", "summary.x", "draft"]),
    (
      .quarantine,
      [
        "85944171F73967E8.json", "85944171f73967e8a.json", "85944171f73967e8-.json",
        "85944171f73967e8-x.json", "85944171f73967e8--1.json", "-1.json", ".json", "x.json",
        "85944171f73967e8.json.bak", "lost+found",
      ]
    ),
    (.notes, ["clock", "clock.jsonl", "clocks.json", ".json", "clock.json.bak"]),
  ]

  @Test(arguments: others)
  func `every other name is not`(_ level: Layout, _ names: [String]) {
    for name in names { #expect(level.kind(of: name) == nil, "\(name)") }
  }
}
