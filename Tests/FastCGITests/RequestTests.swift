import TestSupport
import Testing

@testable import FastCGI

struct RequestTests {
  @Test func `a request is made of its parameters`() {
    let parameters: Parameters = [
      "REQUEST_METHOD": "POST", "CONTENT_LENGTH": "2", "NAME": "value",
    ]
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

  private static let pairs: [(bytes: [UInt8], parameters: [String: String]?)] = [
    ([], [:]),
    (pair("A", "1") + pair("B", "2"), ["A": "1", "B": "2"]),
    (pair("A", ""), ["A": ""]),
    (pair("A=B", "c=d"), ["A=B": "c=d"]),
    (pair("", "1"), ["": "1"]),
    (pair("A", "1") + pair("B", "2") + pair("A", "3"), ["A": "3", "B": "2"]),
    (pair("A", "\u{338}x"), ["A": "\u{338}x"]),
    ([0x80, 0, 0, 1, 0x80, 0, 0, 1, 65, 49], ["A": "1"]),
    (pair("A", "x\0y"), nil),
    (pair("A\0B", "x"), nil),
    ([1], nil),
    ([1, 1, 65], nil),
    ([1, 0x80, 0, 0], nil),
    ([0xFF, 0xFF, 0xFF, 0xFF, 0, 65], nil),
    ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], nil),
    ([0xFF, 0xFF, 0xFF, 0xFF, 1, 65, 65], nil),
    ([1, 0xFF, 0xFF, 0xFF, 0xFE, 65, 65], nil),
  ]

  private static func pair(_ name: String, _ value: String) -> [UInt8] {
    Record.pair(Array(name.utf8), Array(value.utf8))
  }

  @Test(arguments: pairs)
  func `a pair is a parameter, the last of a name counts, and what is not whole is none`(
    bytes: [UInt8], parameters: [String: String]?
  ) {
    #expect(Parameters(pairs: bytes)?.all == parameters)
  }
}
