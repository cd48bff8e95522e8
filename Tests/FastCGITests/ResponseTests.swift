import Testing

@testable import FastCGI

struct ResponseTests {
  @Test func `an answer is a status, header fields, the length and the content`() {
    let response = Response(
      status: .serviceUnavailable,
      headers: [("Content-Type", "application/json"), ("Retry-After", "60")],
      body: Array("{\"ção\":1}".utf8))
    #expect(
      text(response) == """
        Status: 503 Service Unavailable\r
        Content-Type: application/json\r
        Retry-After: 60\r
        Content-Length: 11\r
        \r
        {"ção":1}
        """)
  }

  @Test func `an empty answer has a length too`() {
    #expect(text(Response(status: .ok)) == "Status: 200 OK\r\nContent-Length: 0\r\n\r\n")
  }

  @Test(arguments: ["Status", "status", "Content-Length", "CONTENT-LENGTH"])
  func `a header field cannot contradict the status or the length`(name: String) {
    let response = Response(status: .ok, headers: [(name, "1")])
    #expect(text(response) == "Status: 200 OK\r\nContent-Length: 0\r\n\r\n")
  }

  @Test(arguments: [
    ("A", "b\r\nC: d", "A: b  C: d"), ("A", "b\rc", "A: b c"), ("A", "b\n\nc", "A: b  c"),
    ("A\r\nB", "c", "A  B: c"), ("A", "b\0c", "A: b c"), ("A", "é\r\n", "A: é  "),
  ])
  func `a header field cannot end its line`(name: String, value: String, line: String) {
    let response = Response(status: .ok, headers: [(name, value)])
    #expect(text(response) == "Status: 200 OK\r\n\(line)\r\nContent-Length: 0\r\n\r\n")
  }

  @Test func `the reason phrase cannot end its line`() {
    let response = Response(status: Status(code: 299, reason: "A\r\nB: c"))
    #expect(text(response) == "Status: 299 A  B: c\r\nContent-Length: 0\r\n\r\n")
  }

  private func text(_ response: Response) -> String {
    String(decoding: response.serialized(), as: UTF8.self)
  }
}
