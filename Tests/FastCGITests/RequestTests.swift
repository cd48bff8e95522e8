import Testing

@testable import FastCGI

@Suite struct RequestTests {
  private func body(_ parameters: [String: String], sent: Int, limit: Int = 10) -> Request.Body {
    Request(parameters: parameters, limit: limit) { count in
      [UInt8](repeating: 0x61, count: min(count, sent))
    }.body
  }

  private func whole(_ count: Int) -> Request.Body {
    .complete([UInt8](repeating: 0x61, count: count))
  }

  @Test func `a body is what was announced, no more and no less`() {
    func post(_ length: String?, sent: Int) -> Request.Body {
      var parameters = ["REQUEST_METHOD": "POST"]
      parameters["CONTENT_LENGTH"] = length
      return body(parameters, sent: sent)
    }
    #expect(post("3", sent: 3) == whole(3))
    #expect(post("3", sent: 9) == whole(3))
    #expect(post("0", sent: 9) == whole(0))
    #expect(post("10", sent: 10) == whole(10))
    #expect(post("3", sent: 2) == .truncated)
    #expect(post("11", sent: 11) == .tooLarge(limit: 10))
    for length in [nil, "", "-1", "+3", "3.0", "0x3", "３", "99999999999999999999"] {
      #expect(post(length, sent: 3) == .noLength, "\(length ?? "nil")")
    }
  }

  @Test func `only POST needs a length`() {
    #expect(body(["REQUEST_METHOD": "GET"], sent: 0) == whole(0))
    #expect(body(["REQUEST_METHOD": "GET", "CONTENT_LENGTH": "x"], sent: 0) == .noLength)
  }

  @Test func `a body that is too large is not read`() {
    _ = Request(parameters: ["REQUEST_METHOD": "POST", "CONTENT_LENGTH": "11"], limit: 10) { _ in
      Issue.record("read")
      return []
    }
  }

  @Test func `headers are found by their HTTP names`() {
    let request = Request(
      method: "POST",
      parameters: ["HTTP_AUTHORIZATION": "a", "CONTENT_TYPE": "b", "HTTP_X_EMPTY": ""],
      body: .complete([]))
    #expect(request.header("authorization") == "a")
    #expect(request.header("Content-Type") == "b")
    #expect(request.header("X-Empty") == nil)
    #expect(request.header("Cookie") == nil)
  }
}

@Suite struct ResponseTests {
  @Test func `a response has its status, its headers and its length`() {
    let response = Response(
      status: .ok, headers: [(name: "A", value: "b")], body: Array("olá".utf8))
    #expect(
      String(decoding: response.serialized, as: UTF8.self)
        == "Status: 200 OK\r\nA: b\r\nContent-Length: 4\r\n\r\nolá")
  }

  @Test(arguments: ["a\r\nB: c", "a\nB: c", "a\rB: c"])
  func `a line break cannot make a header of its own`(_ value: String) {
    let response = Response(status: .ok, headers: [(name: "A", value: value)])
    let text = String(decoding: response.serialized, as: UTF8.self)
    #expect(text.split(separator: "\r\n").count == 3)
    #expect(!text.contains("\nB") && !text.contains("\rB"))
  }

  @Test func `a status without a phrase of its own is its number`() {
    #expect(Status(code: 418).reason == "418")
    #expect(Status.contentTooLarge.reason == "Content Too Large")
  }
}
