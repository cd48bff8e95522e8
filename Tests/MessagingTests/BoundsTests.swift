import HTTPClient
import JSON
import TestSupport
import Testing

@testable import Messaging

/// What strangers write is bounded, and costs no more than it is long.
@Suite struct BoundsTests {
  /// Marks in the wrong order: to sort them takes quadratic time, and to compare sorts them.
  private static func marks(_ bytes: Int) -> String {
    "a" + String(repeating: "\u{301}\u{316}", count: bytes / 4)
  }

  private func rules(_ text: String) throws -> [AnswerRule] {
    try StrictReader(json5: Array(text.utf8), file: "p").list(AnswerRule.init)
  }

  private func delivery(_ body: String, _ rules: String) throws -> Delivery {
    Delivery(HTTPResponse(status: 200, body: Array(body.utf8)), rules: try self.rules(rules))
  }

  @Test func `an id and a reason are short, whatever the provider calls them`() throws {
    for text in [
      Self.marks(50_000), String(repeating: "x", count: 60_000),
      String(repeating: "\u{1F469}\u{200D}", count: 7_000),
      String(repeating: "\u{200B}", count: 10_000) + "id\u{202E}\u{202E}",
    ] {
      let body = #"{"id":"\#(text)","code":"\#(text)"}"#
      let delivery = try delivery(
        body, #"[{ messageId: "/id", reason: "/code", is: "accepted" }]"#)
      let id = try #require(delivery.messageId)
      #expect(1...256 ~= id.utf8.count)
      #expect(delivery.reason?.utf8.elementsEqual(id.utf8) == true)
      // Up to where it is cut, nothing but characters that say nothing is missing.
      let said = text.unicodeScalars.filter { ![0x200B, 0x202E].contains($0.value) }
      #expect(id.unicodeScalars.elementsEqual(said.prefix(id.unicodeScalars.count)))
    }
  }

  @Test func `an answer takes no longer to read than it is long`() throws {
    let table = #"""
      [{ body: { "/status": "ok", "/a/*": ["x", "y"] }, is: "accepted" },
       { body: { "/status": ["failed", "á"] }, messageId: "/id", is: "rejected" },
       { has: "/b/*/c", is: "unavailable" }, { reason: ["/code", "/status"] }]
      """#
    func body(_ bytes: Int) -> String {
      let marks = Self.marks(bytes)
      let inner = #""\#(marks)b":{"\#(marks)":2}"#
      return #"{"\#(marks)":1,\#(inner),"status":"\#(marks)","code":"\#(marks)"}"#
    }
    let (short, long) = (body(2_000), body(200_000))
    let base = try processorSeconds { for _ in 0..<10 { _ = try delivery(short, table) } } / 10
    let time = try processorSeconds { _ = try delivery(long, table) }
    // Quadratic time would be ten thousand times as much.
    #expect(time < max(base, 0.001) * 1_000)
    #expect(try delivery(long, table).reason?.utf8.count ?? 0 <= 256)
  }

  @Test(arguments: [
    ("Jo\u{200B}ana\u{FEFF}", "Joana"), ("\u{202E}Ana\u{202C}", "Ana"),
    ("a\u{200D}b", "a\u{200D}b"), ("a\u{0}b", "a b"), ("a\u{85}\u{2028}b", "a b"),
    ("\u{1F469}\u{200D}\u{1F4BB}", "\u{1F469}\u{200D}\u{1F4BB}"), ("soft\u{AD}", "soft"),
    (" \u{200B} a \u{200B} b ", "a b"),
  ])
  func `format characters go, and joiners stay`(_ text: String, _ clean: String) {
    #expect(Values.clean(text)?.unicodeScalars.elementsEqual(clean.unicodeScalars) == true)
  }

  @Test(arguments: ["", " ", "\u{200B}", "\u{FEFF}\u{2060}", "\u{200D}\u{200C}", "\u{0}\u{7F}"])
  func `what says nothing is nothing`(_ text: String) {
    #expect(Values.clean(text) == nil)
  }

  @Test func `a value is bounded in bytes, and cut between two scalars`() throws {
    for unit in ["x", "é", "→", "\u{1F469}", "e\u{301}\u{316}", "ab "] {
      let cut = try #require(Values.clean(String(repeating: unit, count: 300_000)))
      #expect(1_020...1_024 ~= cut.utf8.count)
      #expect(cut.last != " ")
    }
    let time = processorSeconds { _ = Values.clean(Self.marks(800_000)) }
    #expect(time < 2)
  }

  @Test func `what a preparation gives is bounded too`() throws {
    let text = """
      { get: "/", take: { x: ["/a", "/b"] }, answers: [] }
      """
    let preparation = try Call(
      StrictReader(json5: Array(text.utf8), file: "p"), prepares: true)
    let long = String(repeating: "x", count: 5_000)
    func given(_ body: String) -> [String: JSONValue]? {
      preparation.given(by: AnswerBody(Array(body.utf8)))
    }
    #expect(given(#"{"a":"\#(long)"}"#) == nil)
    #expect(given(#"{"a":"\#(long)","b":"y"}"#) == ["prepare.x": "y"])
    #expect(given(#"{"a":{"b":1}}"#) == ["prepare.x": ["b": 1]])
  }
}
