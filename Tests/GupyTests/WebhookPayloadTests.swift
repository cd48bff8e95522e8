import Gupy
import Testing

struct WebhookPayloadTests {
  private func error(of body: [UInt8]) -> PayloadError? {
    do {
      _ = try WebhookPayload(json: body)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    "", " \n", "{", "{\"id\":\"e\"", "{\"id\":}", "{\"id\":tru}", "{} x",
    "id=e&event=application.moved", "\u{0}{}", "[",
  ])
  func `broken syntax is not JSON`(body: String) {
    #expect(error(of: Array(body.utf8)) == .notJSON)
  }

  @Test(
    arguments: [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3], [0],
    ] as [[UInt8]])
  func `broken UTF-8 spoils its own string alone, and outside of one it is not JSON`(
    bytes: [UInt8]
  ) {
    #expect(error(of: Array("{\"id\":\"".utf8) + bytes + Array("\"}".utf8)) == nil)
    #expect(error(of: Array("{\"id\":".utf8) + bytes + Array("}".utf8)) == .notJSON)
  }

  @Test(arguments: ["[]", "3", "null", "true", "\"text\"", "[{\"id\":\"e\"}]", "\"\\ud83d\""])
  func `JSON that is no object is no event`(body: String) {
    #expect(
      error(of: Array(body.utf8)) == .notAnEvent(path: "", expected: "a JSON object"))
  }

  @Test func `a body cut off anywhere is not JSON`() throws {
    let body = try Fixture.body("application-moved-full")
    let end = try #require(body.lastIndex(of: UInt8(ascii: "}")))
    for length in 0...end {
      #expect(error(of: Array(body.prefix(length))) == .notJSON)
    }
  }

  @Test(arguments: [65, 513, 100_000], [("[", ""), ("[", "]"), ("{\"data\":", "")])
  func `deeper nesting than any event has is refused`(depth: Int, brackets: (String, String)) {
    let body =
      String(repeating: brackets.0, count: depth) + String(repeating: brackets.1, count: depth)
    #expect(
      error(of: Array(body.utf8))
        == .notAnEvent(path: "", expected: "at most 64 levels of nesting"))
  }

  @Test func `nesting up to the limit is read`() {
    let lists = String(repeating: "[", count: 63) + String(repeating: "]", count: 63)
    let objects =
      String(repeating: "{\"data\":", count: 63) + "{}" + String(repeating: "}", count: 63)
    #expect(error(of: Array("{\"data\":\(lists)}".utf8)) == nil)
    #expect(error(of: Array(objects.utf8)) == nil)
  }

  @Test func `brackets inside a string do not nest`() {
    let brackets = String(repeating: "[", count: 1000)
    #expect(error(of: Array("{\"id\":\"\\\"\(brackets)\\\\\"}".utf8)) == nil)
  }
}
