import FoundationEssentials
import FuzzInputs
import TestSupport
import Testing

/// Every input that the fuzzer starts from, and every one by which it found a mistake.
@Suite struct SeedTests {
  /// What each file of `Tests/Fixtures/fuzz` is.
  private static let results = [
    "payload/broken-strings.json": "event",
    "payload/duplicate-keys.json": "no event: id: expected one value, not several",
    "payload/duplicate-members.json": "event",
    "payload/manual-candidate.json": "event",
    "payload/broken-characters.json": "event",
    "payload/written-numbers.json": "event",
    "payload/marks.json": "event",
    "payload/latin1.json": "event",
    "payload/utf16.json": "event",
    "payload/gzip.json": "event",
    "payload/odd-values.json": "event",
    "payload/hidden-brackets.json": "not JSON",
    "params/excess": "POST: 2 bytes",
    "params/nginx-post": "POST: 366 bytes",
    "params/no-length": "POST: no length",
    "params/nothing": ": 0 bytes",
    "params/odd-get": "GET: 0 bytes",
    "params/too-large": "PUT: too large",
    "params/truncated": "POST: truncated",
    "journal/story.jsonl": "3 events, unreadable lines []",
    "journal/torn.jsonl": "1 events, unreadable lines []",
    "journal/unreadable.jsonl": "2 events, unreadable lines [2, 3, 4, 5]",
    "journal/hidden-brackets.jsonl": "1 events, unreadable lines [2]",
    "index/day.jsonl": "7 of 7 lines, 4 events",
    "index/not-plain.jsonl": "7 of 7 lines, 5 events",
    "index/numbers.jsonl": "4 of 12 lines, 3 events",
    "index/torn.jsonl": "2 of 4 lines, 1 events",
    "configuration/mistakes.json": #"""
    gatilho.json: gupy.secrets[0]: expected "env:NAME" or "file:/path": a secret never stands in this file
    """#,
    "configuration/hidden-brackets.json":
      #"gatilho.json: line 2, column 67: expected at most 64 levels of brackets, found "[""#,
    "configuration/pilot.json": "configuration",
    "configuration/whole.json": "configuration",
    "configuration/key-of-two-lines.json": #"""
    gatilho.json: a\nb: unknown key; known here: exceptSteps, gupy, messages, provider, recipients, retention, staleAfter, state
    """#,
    "configuration/number-at-the-end.json":
      #"gatilho.json: line 1, column 1: expected a number that can be read, found "1""#,
    "configuration/windows.json":
      #"gatilho.json: line 3, column 14: expected ":" behind a name, found a quote"#,
    "profile/address-of-two-lines.json": "profile.json: send.post: an address has no white space",
    "profile/get.json": "profile",
    "profile/header-of-two-lines.json": #"""
    profile.json: send.headers.X-A: b\r\nX-C: expected the name of a header
    """#,
    "profile/infinity.json":
      #"profile.json: line 2, column 13: expected a value, found "I""#,
    "profile/mistakes.json": #"""
    profile.json: send.answers[0].is: expected one of "accepted", "rejected", "unavailable", "unconfirmed", "misconfigured", found "sent"
    """#,
    "profile/whole.json": "profile",
  ]

  private static var files: [String] {
    get throws {
      try Input.allCases.flatMap { input in
        try fixtures(in: "fuzz/\(input.rawValue)").map { "\(input.rawValue)/\($0)" }
      }
    }
  }

  @Test func `no seed is forgotten`() throws {
    #expect(try Self.files.sorted() == Self.results.keys.sorted())
  }

  @Test(arguments: results)
  func `a seed is read as what it is, and every rule holds`(_ file: String, _ result: String) throws
  {
    let input = try #require(Input(rawValue: String(file.prefix { $0 != "/" })))
    #expect(try Readers().read(fixture("fuzz/" + file), as: input) == result)
  }

  @Test func `every body of Gupy's is a webhook`() throws {
    let readers = try Readers()
    for name in try fixtures(in: "gupy") {
      let result = try readers.read(fixture("gupy/" + name), as: .payload)
      #expect(["event", "not subscribed"].contains(result), "\(name)")
    }
  }

  @Test func `every profile that comes with gatilho makes requests`() throws {
    let readers = try Readers()
    for name in ["blip-campaign", "callbell", "infobip-whatsapp"] {
      let bytes = try fixture("../../Sources/Messaging/Profiles/\(name).json")
      #expect(try readers.read(bytes, as: .profile) == "profile")
    }
  }
}
