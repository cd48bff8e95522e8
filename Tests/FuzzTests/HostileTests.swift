import FuzzInputs
import TestSupport
import Testing

/// The classic attacks on a reader of JSON, against each reader: a clear result, soon.
@Suite struct HostileTests {
  private static let tooDeep = "no event: : expected at most 64 levels of nesting"
  private static let noQuote = #"expected the quote that ends a text, found "\0""#
  private static let noEscape = #"expected an escape of JSON5, such as \n or \\, found "\""#
  private static let tooLong = ".json: expected at most 65536 bytes, found "

  /// What each reader says of each value.
  private static let results: [Input: [Value: String]] = [
    .payload: [
      .deep: tooDeep, .hugeNumber: "event", .brokenUTF8: "event", .nul: "event",
      .escapedNul: "event", .duplicateKey: "event", .marks: "event",
    ],
    .params: [
      .deep: "POST: 200123 bytes", .hugeNumber: "no request", .brokenUTF8: "POST: 129 bytes",
      .nul: "no request", .escapedNul: "POST: 133 bytes", .duplicateKey: "POST: 139 bytes",
      .marks: "POST: 400125 bytes",
    ],
    .journal: [
      .deep: "1 events, unreadable lines [2]", .hugeNumber: "2 events, unreadable lines []",
      .brokenUTF8: "1 events, unreadable lines [2]", .nul: "1 events, unreadable lines [2]",
      .escapedNul: "2 events, unreadable lines []", .duplicateKey: "2 events, unreadable lines []",
      .marks: "2 events, unreadable lines []",
    ],
    .index: [
      .deep: "1 of 2 lines, 1 events", .hugeNumber: "1 of 2 lines, 1 events",
      .brokenUTF8: "1 of 2 lines, 1 events", .nul: "1 of 2 lines, 1 events",
      .escapedNul: "2 of 2 lines, 2 events", .duplicateKey: "2 of 2 lines, 2 events",
      .marks: "2 of 2 lines, 2 events",
    ],
    .configuration: [
      .deep: "gatilho" + tooLong + "200022", .hugeNumber: "gatilho" + tooLong + "10000022",
      .brokenUTF8: "gatilho.json: line 2, column 12: expected UTF-8, found \"\u{FFFD}\"",
      .nul: "gatilho.json: line 2, column 12: " + noQuote,
      .escapedNul: "gatilho.json: line 2, column 12: " + noEscape,
      .duplicateKey: "gatilho.json: \"gupy\" is missing", .marks: "gatilho" + tooLong + "400024",
    ],
    .profile: [
      .deep: "profile" + tooLong + "200055", .hugeNumber: "profile" + tooLong + "10000055",
      .brokenUTF8: "profile.json: line 1, column 55: expected UTF-8, found \"\u{FFFD}\"",
      .nul: "profile.json: line 1, column 55: " + noQuote,
      .escapedNul: "profile.json: line 1, column 55: " + noEscape, .duplicateKey: "profile",
      .marks: "profile" + tooLong + "400057",
    ],
  ]

  /// A value that somebody may put anywhere in a document.
  enum Value: String, CaseIterable, Sendable {
    case deep, hugeNumber, brokenUTF8, nul, escapedNul, duplicateKey, marks

    var bytes: [UInt8] {
      switch self {
      case .deep:
        Array(repeating: UInt8(ascii: "["), count: 100_000)
          + Array(repeating: UInt8(ascii: "]"), count: 100_000)
      case .hugeNumber: Array(repeating: UInt8(ascii: "7"), count: 10_000_000)
      case .brokenUTF8: Array("\"a".utf8) + [0xC3, 0x28, 0xFF] + Array("\"".utf8)
      case .nul: Array("\"a\u{0}b\"".utf8)
      case .escapedNul: Array(#""a\u0000b""#.utf8)
      case .duplicateKey: Array("\"a\"".utf8)
      // In the wrong order, so that whoever compares the text has to sort them.
      case .marks:
        Array("\"".utf8)
          + (0..<200_000).flatMap { Array(($0 < 100_000 ? "\u{315}" : "\u{327}").utf8) }
          + Array("\"".utf8)
      }
    }
  }

  /// A document of the kind, with the value somewhere in it.
  private static func document(_ input: Input, _ value: Value) -> [UInt8] {
    let (before, key, after) = parts(of: input)
    let again = value == .duplicateKey ? ", \"\(key)\": \"b\"" : ""
    let bytes = value.bytes + Array(again.utf8)
    let text = Array((before + "\"\(key)\": ").utf8) + bytes + Array(after.utf8)
    guard input == .params else { return text }
    let query = Array("QUERY_STRING=".utf8) + bytes + Array("\n".utf8)
    let head = "REQUEST_METHOD=POST\nCONTENT_LENGTH=\(text.count)\n\n"
    return query + Array(head.utf8) + text
  }

  private static func parts(of input: Input) -> (before: String, key: String, after: String) {
    switch input {
    case .payload, .params:
      (
        #"{"id":"e","event":"application.moved","date":"2026-03-04T18:30:12Z","data":{"application":{"id":1},"candidate":{"#,
        "name", "}}}"
      )
    case .journal:
      (
        #"{"at":"","eventId":"e","outcome":{"status":"unavailable"}}"# + "\n"
          + #"{"at":"","eventId":"f","outcome":{"status":"accepted","#, "reason", "}}\n"
      )
    case .index:
      (
        "\n" + line("e") + #","status":"received","type":"t"}"# + "\n"
          + line("f") + #","status":"received","#, "type", "}"
      )
    case .configuration: ("{ // JSON5\n", "state", "\n}")
    case .profile: (#"{"base":"https://x","send":{"post":"/","json":{"#, "a", "}}}")
    }
  }

  /// The beginning of a line of the day index.
  private static func line(_ id: String) -> String {
    #"{"application":"1","at":"2026-03-04T18:30:13.101Z","eventId":"\#(id)""#
  }

  @Test(arguments: Input.allCases, Value.allCases)
  func `a hostile value has a clear result`(_ input: Input, _ value: Value) async throws {
    let (result, seconds) = try await onThread {
      let readers = try Readers()
      let bytes = Self.document(input, value)
      let start = processorSeconds()
      let result = try readers.read(bytes, as: input)
      return (result, processorSeconds() - start)
    }
    #expect(result == Self.results[input]?[value])
    // In a debug build, which takes ten times as long as the program that is shipped.
    #expect(seconds < 8)
  }
}
