import Foundation
import JSON
import TestSupport
import Testing

/// What a person may write into a document, and what is said of a mistake.
struct StrictReaderTests {
  private func read(_ text: String) throws -> JSONValue {
    try StrictReader(json5: Array(text.utf8), file: "f").value
  }

  @Test(
    arguments: [
      ("// a\r\n[1, /* b ** / */ 2,] // end", [1, 2]), ("/**/[]/**/", []),
      (
        "{a: 1, $b_2: 2, ção: 3, 'd\"e': 4, \"f'g\": 5,}",
        ["a": 1, "$b_2": 2, "ção": 3, "d\"e": 4, "f'g": 5]
      ),
      ("[+1, .5, 5., -.5e1, 0x1F, -0Xff, 1e2]", [1, .number(0.5), 5, -5, 31, -255, 100]),
      (
        #"['\'\"', "\x41\v\u00e9\ud83e\udd56", '\/\b\f\n\r\t\\']"#,
        ["'\"", "A\u{B}é🥖", "/\u{8}\u{C}\n\r\t\\"]
      ),
      ("['a\\\nb', 'c\\\r\nd']", ["ab", "cd"]),
      ("\u{FEFF}\u{A0}[\u{2028}1\u{B}\u{C}]\u{2029}", [1]), ("null", .null),
      ("[true, false]", [true, false]),
      ("{a: 1, 'a': 2}", ["a": 1]),
      (
        "[9223372036854775807, 9223372036854775808]",
        [.integer(.max), .number(9_223_372_036_854_775_808)]
      ),
    ] as [(String, JSONValue)])
  func `a person may write JSON5`(_ text: String, _ value: JSONValue) throws {
    #expect(try read(text) == value)
  }

  @Test(arguments: [
    ("{\n  \"a\": 1\n  \"b\": 2 }", 3, 3, #"expected "," or "}", found a quote"#),
    ("[1 2]", 1, 4, #"expected "," or "]", found "2""#),
    ("[1,,]", 1, 4, #"expected a value, found ",""#),
    ("{,}", 1, 2, #"expected a name, found ",""#),
    ("{1a: 2}", 1, 2, #"expected a name, found "1""#),
    ("{a-b: 2}", 1, 3, #"expected ":" behind a name, found "-""#),
    ("[\n1]\n x", 3, 2, #"expected nothing more, found "x""#),
    ("[1] /* never over", 1, 5, #"expected nothing more, found "/""#),
    ("{\"é\": 'ação", 1, 12, "expected the quote that ends a text, found the end of the file"),
    ("['a\tb']", 1, 4, #"expected the quote that ends a text, found "\t""#),
    ("[\"a\nb\"]", 1, 4, "expected the quote that ends a text, found the end of the line"),
    (#"["C:\dir"]"#, 1, 5, #"expected an escape of JSON5, such as \n or \\, found "\""#),
    (#"['\ud83d']"#, 1, 3, #"expected an escape of JSON5, such as \n or \\, found "\""#),
    (#"['\x4']"#, 1, 3, #"expected an escape of JSON5, such as \n or \\, found "\""#),
    ("[1, 1e400]", 1, 5, #"expected a number that can be read, found "1""#),
    ("[01]", 1, 2, #"expected a number that can be read, found "0""#),
    ("[.]", 1, 2, #"expected a number that can be read, found ".""#),
    ("[0x]", 1, 2, #"expected a number that can be read, found "0""#),
    ("[0x+1]", 1, 2, #"expected a number that can be read, found "0""#),
    ("[NaN]", 1, 2, #"expected a value, found "N""#),
    ("\u{FEFF}tru", 1, 1, #"expected a value, found "t""#),
  ])
  func `a mistake is named with line, column and what is expected`(
    _ text: String, _ line: Int, _ column: Int, _ words: String
  ) {
    let error = #expect(throws: DocumentError.self) { try read(text) }
    #expect(error?.description == "f: line \(line), column \(column): \(words)")
  }

  @Test func `what is not UTF-8 is found wherever it stands`() {
    for text in ["// a", "[", "['a", "{a"] {
      let error = #expect(throws: DocumentError.self) {
        try StrictReader(json5: Array(text.utf8) + [0xE7, 0x0A], file: "f")
      }
      let place = "line 1, column \(text.count + 1)"
      #expect(error?.problem == "\(place): expected UTF-8, found \"\u{FFFD}\"")
    }
  }

  @Test func `a number that ends a text is read no further`() throws {
    let bytes = Array("1.5000".utf8)
    #expect(try StrictReader(json5: Array(bytes[..<3]), file: "f").value == .number(1.5))
    #expect(try JSONValue(json: JSONDocument(bytes[..<3], .json5).root) == .number(1.5))
  }

  @Test func `no bytes do harm, and what Foundation reads is read alike`() throws {
    let seeds = [
      "{// c\n a: [1, -2.5e3, +.5, 0x1f, 'x\\u00e9\\n',], /* d */ 'b': {\"c\": null, $d: true,},}",
      #"{"a":[1,-2.5e3,"x\u00e9\ud83e\udd56\n",true,false,null,{}],"b":{"c":"","d":[[]]},"":0}"#,
    ]
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    var dice = SystemRandomNumberGenerator()
    var whole = 0
    for round in 0..<10_000 {
      let bytes = Array(seeds[round % 2].utf8).mutated(&dice)
      let theirs = try? decoder.decode(JSONValue.self, from: Data(bytes + [0x0A]))
      let ours = try? StrictReader(json5: bytes, file: "f").value
      whole += ours == nil ? 0 : 1
      let text = String(decoding: bytes, as: UTF8.self)
      // Foundation forgives an exponent without digits, and a point in a hexadecimal number.
      if theirs == nil || text.contains(#/[eE][+-]?[, \]}]|0x[0-9a-fA-F]*\./#) { continue }
      #expect(ours == theirs, "\(text)")
    }
    #expect(whole > 1_000)
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0..<40)).map { _ in UInt8.random(in: 0...255) }
      for text in [bytes, Array("['\\".utf8) + bytes, Array("{a:0".utf8) + bytes] {
        _ = try? StrictReader(json5: text, file: "f")
        _ = JSONValue(text)
        _ = try? JSONDocument(text[...], .forgiving).texts
      }
    }
  }
}
