import JSON
import TestSupport
import Testing

struct JSONDocumentTests {
  private func read(_ text: String) -> JSONNode? { read(Array(text.utf8)) }

  private func read(_ bytes: [UInt8]) -> JSONNode? {
    do {
      return try JSONDocument(bytes[...]).root
    } catch {
      return nil
    }
  }

  @Test(arguments: [
    "", " ", "{", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "tru", "truex", "nul", "1 2", "\"a",
    "\"a\\\"", "\u{0}1", "\"\u{0}\"", "\u{FEFF}", "\u{FEFF}\u{FEFF}1", "1\u{FEFF}", "'a'",
    "// a\n1", "+1", ".5", "[}", "]",
  ])
  func `broken syntax is no JSON`(text: String) {
    #expect(read(text) == nil)
  }

  @Test(
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0x5C, 0xFF, 0x22], [0x31, 0x00],
    ] as [[UInt8]])
  func `what is not UTF-8 is no JSON`(bytes: [UInt8]) {
    #expect(read(bytes) == nil)
  }

  @Test func `a byte that is not UTF-8 is found wherever it stands in a string`() {
    for before in 0...17 {
      let start = [0x22] + [UInt8](repeating: 0x61, count: before)
      #expect(read(start + [0xFF] + [UInt8](repeating: 0x61, count: 9) + [0x22]) == nil)
      #expect(read(start + [0x22, 0xFF]) == nil)
    }
  }

  @Test func `a byte order mark before a text is skipped`() throws {
    #expect(read("\u{FEFF} {\"a\":1}")?["a"]?.integer == 1)
    #expect(JSONValue(Array("\u{FEFF}[1]".utf8)) == [1])
    #expect(read("\u{FEFF}\u{FEFF}1") == nil)
    let commented = Array("\u{FEFF}// a\n[1,]".utf8)
    #expect(try StrictReader(json5: commented, file: "a").value == [1])
  }

  @Test(
    arguments: [
      ([0xFF], ""), ([0x61, 0xED, 0xA0, 0x80, 0x62], "ab"), ([0xC3, 0x28], "("), ([0x61, 0], "a"),
      ([0x5C, 0xFF, 0x61], "a"), ([0x09, 0xC3, 0xA9], "é"), ([0xE2, 0x82], ""),
    ] as [([UInt8], String)])
  func `where much is forgiven, what is broken spoils its own string, and the rest can be read`(
    bytes: [UInt8], rest: String
  ) throws {
    let text = [0x7B, 0x22] + bytes + [0x22, 0x3A, 0x22] + bytes + Array(#"","b":"c"}"#.utf8)
    let root = try JSONDocument(text[...], .forgiving).root
    #expect(root["b"]?.text == "c")
    let value = try JSONDocument([0x22] + bytes + [0x22], .forgiving).root
    #expect(value.text == nil)
    #expect(value.readable?.text == rest)
    #expect(value.readable?.isWhole == false)
  }

  @Test func `a text has at most thirty marks in a row, however they are written`() throws {
    for mark in ["\u{315}", "\\u0327", "\u{F73}", "\u{16FF0}"] {
      for (count, kept) in [(30, 30), (31, 30), (5_000, 30)] {
        let marks = String(repeating: mark, count: count)
        let text = try #require(read("\"é\(marks)a\(marks)\""))
        #expect(text.text?.unicodeScalars.count == 2 + 2 * kept)
        #expect((text.readable?.length ?? 0) >= 4 * count && text.readable?.isWhole == true)
      }
    }
    let words = String(repeating: "日本語", count: 100)
    #expect(read("\"\(words)\"")?.text == words)
  }

  /// Sorting the marks of such a text, which comparing it asks for, takes a minute each time.
  @Test func `texts and names of a hostile text are compared as soon as others`() throws {
    let start = processorSeconds()
    let hostile = [
      ("\u{315}\u{327}", 200_000), ("\u{F73}", 20_000), ("\u{1161}", 20_000),
      ("\u{34F}\u{315}", 20_000), ("\u{200D}", 20_000), ("\u{1F1E7}", 20_000),
    ]
    for (marks, count) in hostile {
      let text = marks.unicodeScalars.map { String(repeating: String($0), count: count) }.joined()
      let bytes = Array("{\"\(text)\":\"\(text)\",\"a\":\"\(text)a\"}".utf8)
      let value = try #require(JSONValue(bytes))
      #expect(value == JSONValue(bytes))
      #expect(value.hashValue == JSONValue(bytes)?.hashValue)
      #expect(JSONPointer("/a")?.value(in: value) != nil)
    }
    #expect(processorSeconds() - start < 30)
  }

  @Test func `sixty-four levels are read and no more`() {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    #expect(read(nested(64)) != nil)
    #expect(read(nested(65)) == nil)
  }

  @Test(arguments: [
    "\"\\q\"", "\"\\ud83d\"", "\"\\ud83d\\ud83d\"", "\"\\udd00\"", "\"\\u12g4\"", "\"\t\"",
  ])
  func `a broken string spoils itself alone`(broken: String) throws {
    let syntax = try #require(read("{\"a\":\(broken),\"b\":\"c\"}"))
    #expect(syntax["a"]?.text == nil)
    #expect(syntax["b"]?.text == "c")
  }

  @Test(arguments: ["01", "1.", "1.e1", "-", "--1", "1e", "1e+", "1e400", "1e-400"])
  func `a broken number spoils itself alone`(broken: String) throws {
    let syntax = try #require(read("{\"a\":\(broken),\"b\":2}"))
    #expect(syntax["a"]?.double == nil)
    #expect(syntax["a"]?.integer == nil)
    #expect(syntax["b"]?.integer == 2)
  }

  @Test(
    arguments: [
      ("-0", 0), ("6.12000108E8", 612_000_108), ("1e3", 1_000), ("1.0", 1), ("0e5", 0),
      ("9223372036854775807", .max), ("-9223372036854775808", .min), ("1.5", nil),
      ("9223372036854775808", nil), ("9.3e18", nil), ("9223372036854775.07", nil),
      ("9223372036854775.807e3", .max), ("0.612e3", 612), ("1e-1", nil), ("120e-1", 12),
      ("0e99999999999", 0), ("1e99999999999", nil),
    ] as [(String, Int64?)])
  func `a whole number is whole however it is written`(text: String, value: Int64?) {
    #expect(read(text)?.integer == value)
  }

  @Test func `all members of one name are there in their order`() {
    let syntax = read(#"{"a":1,"b":2,"\u0061":{"a":4},"a":null}"#)
    #expect(syntax?.values(of: "a").map(\.kind) == [.number, .object, .null])
    #expect(syntax?.values(of: "c").isEmpty == true)
    #expect(read("[1]")?.values(of: "a").isEmpty == true)
  }

  @Test func `of two members with one name the first counts, escaped or not`() {
    let syntax = read(#"{"\u0061":1,"a":2}"#)
    #expect(syntax?["a"]?.integer == 1)
  }
}
