import Testing

@testable import FastCGI

struct BodyTests {
  @Test(arguments: [
    ("0", ""), ("3", "abc"), ("10", "abcdefghij"), ("003", "abc"),
  ])
  func `a body of the announced length is complete`(length: String, text: String) {
    #expect(body(length, sends: text) == .complete(Array(text.utf8)))
  }

  @Test(arguments: [
    nil, "", " ", "abc", "-1", "+1", "1.0", "1e3", "0x10", "12 ", "٣", "9223372036854775808",
    "99999999999999999999999999",
  ])
  func `a POST whose length is not a number of bytes has no length`(length: String?) {
    #expect(body(length, sends: "abc") == .noLength)
  }

  @Test(arguments: ["GET", "HEAD", "DELETE", "PUT", ""], [nil, ""])
  func `a request of another method without a length has an empty body`(
    method: String, length: String?
  ) {
    #expect(body(length, method: method, sends: "abc") == .complete([]))
  }

  @Test func `a length that is no number is none for other methods too`() {
    #expect(body("many", method: "GET", sends: "abc") == .noLength)
  }

  @Test(arguments: ["11", "9223372036854775807"])
  func `a body beyond the limit is too large and is not read`(length: String) {
    let body = Body(length: length, method: "POST", limit: 10) { _ in
      Issue.record("The body was read.")
      return []
    }
    #expect(body == .tooLarge(limit: 10))
  }

  @Test(arguments: ["", "a", "ab"])
  func `a body shorter than announced is truncated`(text: String) {
    #expect(body("3", sends: text) == .truncated)
  }

  @Test func `bytes beyond the length are ignored`() {
    let body = Body(length: "3", method: "POST", limit: 10) { _ in Array("abcdef".utf8) }
    #expect(body == .complete(Array("abc".utf8)))
  }

  private func body(_ length: String?, method: String = "POST", sends text: String) -> Body {
    Body(length: length, method: method, limit: 10) { Array(text.utf8.prefix($0)) }
  }
}
