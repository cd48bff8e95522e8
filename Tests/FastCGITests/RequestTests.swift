import Testing

@testable import FastCGI

struct RequestTests {
  @Test func `a request is made of its parameters`() {
    let parameters = ["REQUEST_METHOD": "POST", "CONTENT_LENGTH": "2", "NAME": "value"]
    let request = Request(parameters: parameters, limit: 10) { Array("hello".utf8.prefix($0)) }
    #expect(
      request
        == Request(method: "POST", parameters: parameters, body: .complete(Array("he".utf8))))
  }

  @Test func `a request without a method has an empty one`() {
    let request = Request(parameters: [:], limit: 10) { _ in [] }
    #expect(request == Request(method: "", parameters: [:], body: .complete([])))
  }

  @Test(arguments: [
    ("Authorization", "Bearer x"), ("authorization", "Bearer x"), ("AUTHORIZATION", "Bearer x"),
    ("X-Request-Id", "7"), ("Content-Type", "application/json"), ("content-length", "2"),
    ("Accept", nil), ("REQUEST-METHOD", nil), ("", nil),
  ])
  func `a header field is found whatever its case`(name: String, value: String?) {
    let request = Request(
      method: "POST",
      parameters: [
        "HTTP_AUTHORIZATION": "Bearer x", "HTTP_X_REQUEST_ID": "7",
        "CONTENT_TYPE": "application/json", "HTTP_CONTENT_TYPE": "text/plain",
        "CONTENT_LENGTH": "2", "HTTP_CONTENT_LENGTH": "3", "REQUEST_METHOD": "POST",
      ], body: .complete([]))
    #expect(request.header(name) == value)
  }

  @Test(arguments: [
    (["A=1", "B=2"], ["A": "1", "B": "2"]),
    (["A="], ["A": ""]),
    (["A=b=c"], ["A": "b=c"]),
    (["A", ""], [:]),
    (["=1"], ["": "1"]),
    (["A=1", "B=2", "A=3"], ["A": "3", "B": "2"]),
    (["A=\u{338}x"], ["A": "\u{338}x"]),
  ])
  func `an entry is split at its first equals sign and the last of a name counts`(
    entries: [String], parameters: [String: String]
  ) {
    #expect(Request.parameters(of: entries.map(\.utf8)) == parameters)
  }
}
