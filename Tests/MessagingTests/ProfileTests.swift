import FoundationEssentials
import JSON
import TestSupport
import Testing

@testable import Messaging

@Suite struct ProfileTests {
  private func read(_ text: String) throws(DocumentError) -> ProviderProfile {
    let reader = try StrictReader(json5: Array(text.utf8), file: "p.json")
    return try ProviderProfile(reader, name: "p", paths: ["candidate.name"])
  }

  @Test func `the built-in profiles are the files in the folder, and each can be read`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Messaging/Profiles").standardized.path()
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(files.sorted() == ProviderProfile.builtIn.keys.map { $0 + ".json" }.sorted())
    for name in ProviderProfile.builtIn.keys {
      let profile = try builtIn(name)
      #expect(profile.about.contains("not tried with an account") || name == "webhook")
      #expect(!profile.secrets.isEmpty)
    }
  }

  @Test func `a profile needs templates unless its flow decides everything`() throws {
    let free = try ProviderProfile.builtIn.keys.filter { try !builtIn($0).needsTemplate }
    let texts = try free.filter { try builtIn($0).takesText }
    #expect(texts.sorted() == ["infobip-sms", "twilio-sms", "zapi-text", "zenvia-sms"])
    #expect(Set(free).subtracting(texts) == ["infobip-flow", "webhook", "zenvia-flow"])
  }

  @Test func `every setting that comes with gatilho has a type`() throws {
    for name in ProviderProfile.builtIn.keys {
      let profile = try builtIn(name)
      #expect(Set(profile.types.keys) == Set(profile.settings.keys))
    }
    #expect(try builtIn("callbell").types["optIn"] == .yesNo)
  }

  @Test func `a profile without types is read as before, and its settings may be anything`()
    throws
  {
    let profile = try read(
      #"{"base":"https://x","settings":{"a":"about a"},"send":{"post":"/","json":{"a":"{{a}}"}}}"#)
    #expect(profile.settings == ["a": "about a"])
    #expect(profile.types.isEmpty)
  }

  @Test(
    arguments: [
      (.text, "a", "a"),
      (.text, 551_140_000_000, "551140000000"), (.text, true, nil), (.text, "", nil),
      (.text, .null, nil), (.text, ["a"], nil), (.yesNo, true, true), (.yesNo, false, false),
      (.yesNo, "true", nil), (.yesNo, 1, nil), (.yesNo, .null, nil), (.number, 5, 5),
      (.number, .number(1.5), .number(1.5)), (.number, "5", nil), (.number, true, nil),
    ] as [(SettingType, JSONValue, JSONValue?)])
  func `a setting is what its type says, or an error`(
    _ type: SettingType, _ value: JSONValue, _ taken: JSONValue?
  ) {
    let reader = StrictReader(value, file: "g.json", path: "provider.settings.a")
    do throws(DocumentError) {
      #expect(try type.value(reader) == taken)
    } catch {
      #expect(taken == nil)
      #expect(error.description.hasPrefix("g.json: provider.settings.a: expected "))
    }
  }

  @Test(arguments: [
    ("wati", ["token", "endpoint"]), ("callbell", ["token"]), ("zenvia-sms", ["token"]),
    ("twilio-sms", ["authToken", "account"]), ("zapi-text", ["clientToken", "token", "instance"]),
  ])
  func `what a provider refuses is named by its settings, secrets first`(
    _ name: String, _ settings: [String]
  ) throws {
    #expect(try builtIn(name).probed == settings)
  }

  @Test(arguments: [
    (#"{}"#, "p.json: \"base\" is missing"),
    (
      #"{"base":"https://x","sent":{}}"#,
      "p.json: sent: unknown key; known here: about, base, confirm, prepare, probe, secrets, send, settings"
    ),
    (#"{"base":"https://x","send":{}}"#, "p.json: send: expected \"post\" or \"get\" with a path"),
    (
      #"{"base":"https://x","send":{"post":"/","json":{"a":"{{b}}"}}}"#,
      "p.json: send.json.a: {{b}} is no setting, secret or path"
    ),
    (
      #"{"base":"https://x","send":{"post":"/","json":{"a":"{{b"}}}"#,
      "p.json: send.json.a: expected text with placeholders: {{name}}, {{name|fallback}} or a lone {{name?}}"
    ),
    (
      #"{"base":"https://x","send":{"post":"/","json":{"a":"x{{candidate.name?}}"}}}"#,
      "p.json: send.json.a: expected text with placeholders: {{name}}, {{name|fallback}} or a lone {{name?}}"
    ),
    (
      #"{"base":"https://x","send":{"post":"/","json":{"a":"{{each.value}}"}}}"#,
      "p.json: send.json: {{each.…}} must stand in an array element or in an object's key"
    ),
    (
      #"{"base":"https://x","send":{"post":"/","answers":[{"status":"2x","is":"accepted"}]}}"#,
      "p.json: send.answers[0].status: expected a status such as 200, or a class such as \"2xx\""
    ),
    (
      #"{"base":"https://x","send":{"post":"/","answers":[{"body":{"a":1},"is":"accepted"}]}}"#,
      "p.json: send.answers[0].body.a: expected a JSON pointer such as \"/message/uuid\""
    ),
    (
      #"{"base":"https://x","settings":{"a":{"about":"x"}},"send":{"post":"/"}}"#,
      "p.json: settings.a: \"type\" is missing"
    ),
    (
      #"{"base":"https://x","settings":{"a":{"about":"x","type":"date"}},"send":{"post":"/"}}"#,
      "p.json: settings.a.type: expected one of \"text\", \"yesNo\", \"number\", found \"date\""
    ),
    (
      #"{"base":"https://x","send":{"post":"/"},"probe":{"get":"/{{id}}"}}"#,
      "p.json: probe.get: {{id}} is no setting, secret or path"
    ),
    (
      #"{"base":"https://x","send":{"post":"/","answers":[{"is":"sent"}]}}"#,
      "p.json: send.answers[0].is: expected one of \"accepted\", \"rejected\", \"unavailable\", \"unconfirmed\", \"misconfigured\", found \"sent\""
    ),
    (
      #"{"base":"https://x","send":{"post":"/","answers":[{"status":200}]}}"#,
      "p.json: send.answers[0]: expected \"is\", \"reason\" or both"
    ),
    (
      #"{"base":"https://x","send":{"post":"/","answers":[{"reason":["/a","b"]}]}}"#,
      "p.json: send.answers[0].reason[1]: expected a JSON pointer such as \"/message/uuid\""
    ),
    (
      #"{"base":"https://x","send":{"post":"/","json":{},"form":{}}}"#,
      "p.json: send: expected \"json\" or \"form\", not both"
    ),
    (
      #"{"base":"https://x","send":{"post":"/","form":["a"]}}"#,
      "p.json: send.form: expected an object, found an array"
    ),
    (
      #"{"base":"https://x","send":{"get":"/","form":{}}}"#,
      "p.json: send: \"get\" sends no \"json\" or \"form\""
    ),
    (
      #"{"base":"https://x","send":{"post":"/","form":{"a":"{{each.value}}"}}}"#,
      "p.json: send.form: {{each.…}} must stand in an array element or in an object's key"
    ),
    (
      #"{"base":"https://x","send":{"post":"/","basic":{"user":"a"}}}"#,
      "p.json: send.basic: \"password\" is missing"
    ),
    (
      #"{"base":"https://x","send":{"post":"/","basic":{"user":"a","password":"{{b}}"}}}"#,
      "p.json: send.basic.password: {{b}} is no setting, secret or path"
    ),
    (
      #"{"base":"https://x","send":{"post":"/{{each.value}}"}}"#,
      "p.json: send: {{each.…}} must stand in \"json\" or \"form\""
    ),
    (
      "{\n  \"base\": \"https://x\",\n  \"send\": { \"post\" \"/\" }\n}",
      "p.json: line 3, column 20: expected \":\" behind a name, found a quote"
    ),
    (
      "{\n  // a comment\n  base: 'https://x,\n  send: {}\n}",
      "p.json: line 3, column 20: expected the quote that ends a text, found the end of the line"
    ),
    (
      "{\n  \"base\": \"https://x\",\n",
      "p.json: line 3, column 1: expected a name, found the end of the file"
    ),
    ("", "p.json: line 1, column 1: expected a value, found the end of the file"),
  ])
  func `a mistake in a profile is named with its place`(_ text: String, _ message: String) {
    let error = #expect(throws: DocumentError.self) { try read(text) }
    #expect(error?.description == message)
  }

  @Test func `an array's element and an object's entry are repeated once a parameter`() throws {
    let reader = try StrictReader(
      json5: Array(
        #"{list:[{t:"text",v:"{{each.value}}"}],map:{"{{each.position}}":"{{each.value}}"},one:["a"]}"#
          .utf8), file: "t")
    let filled = try BodyTemplate(reader).fill(
      Values(), [.init(position: 1, value: "x"), .init(position: 2, value: "y")])
    #expect(
      filled == [
        "list": [["t": "text", "v": "x"], ["t": "text", "v": "y"]],
        "map": ["1": "x", "2": "y"], "one": ["a"],
      ])
  }

  @Test func `a lone placeholder keeps its type, any other makes text`() throws {
    let values = Values(["n": 5, "b": true, "s": "x"])
    #expect(try Template("{{n}}")?.value(values) == 5)
    #expect(try Template("{{b}}")?.value(values) == true)
    #expect(try Template("{{n}} {{s}}")?.value(values) == "5 x")
    #expect(try Template("{{none|a b}}")?.value(values) == "a b")
    #expect(try Template("{{none?}}")?.value(values) == nil)
    #expect(throws: MissingValues(names: ["none"])) { try Template("{{none}}")?.value(values) }
  }

  @Test(arguments: [65, 512, 513, 514, 100_000])
  func `a document that is nested too deep is no JSON, and no crash`(_ depth: Int) {
    let open = String(repeating: "[", count: depth)
    #expect(JSONValue(Array(open.utf8)) == nil)
    let hidden = #"{"a":"\#(String(repeating: "]", count: 700))","b":\#(open)"#
    #expect(JSONValue(Array(hidden.utf8)) == nil)
    #expect(JSONValue(Array(#"{"a":"\#(open)"}"#.utf8)) != nil)
  }

  @Test func `UTF-16, which hides brackets from a count of bytes, is no JSON`() {
    let text = "[\"\u{2200}\"," + String(repeating: "[", count: 512)
    #expect(JSONValue(text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }) == nil)
    #expect(JSONValue([0x22, 0xFF, 0x22]) == nil)
  }

  @Test func `a pointer finds members and elements, and takes null for nothing`() throws {
    let document = try #require(JSONValue(Array(#"{"a":[{"b/c":1},null],"~":2}"#.utf8)))
    #expect(JSONPointer("/a/0/b~1c")?.value(in: document) == 1)
    #expect(JSONPointer("/~0")?.value(in: document) == 2)
    #expect(JSONPointer("/a/1")?.value(in: document) == nil)
    #expect(JSONPointer("/a/-1")?.value(in: document) == nil)
    #expect(JSONPointer("/a/7")?.value(in: document) == nil)
    #expect(JSONPointer("a") == nil)
  }

  @Test(arguments: [
    ("/a/*/b", [1, 2]), ("/a/0/b", [1]), ("/a/7", []), ("/a/-1", []), ("/a/*/*", []),
    ("/c/*", [5]), ("/d", []), ("/e~1f", [6]), ("/a/*/c/*/d", [3, 4]),
  ])
  func `a star stands for each element of an array, and is a name in an object`(
    _ pointer: String, _ found: [Int64]
  ) throws {
    let text = #"""
      \u{FEFF}{"a":[{"b":1},{"b":2},{"b":null},{"c":[{"d":3},{"d":4}]}],"c":{"*":5},"d":null,"e/f":6}
      """#.replacing(#"\u{FEFF}"#, with: "\u{FEFF}")
    let root = try JSONDocument(Array(text.utf8)[...]).root
    #expect(try #require(JSONPointer(pointer)).nodes(in: root).map(\.integer) == found)
  }
}
