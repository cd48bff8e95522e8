import HTTPClient
import JSON
import TestSupport
import Testing

@testable import Messaging

@Suite struct CallTests {
  private let hostile = "Ana \"{{token}}\" \\ &=%+ \u{1F468}\u{200D}\u{1F469}"

  private func request(
    _ call: String, base: String = "https://x", settings: [String: JSONValue] = [:],
    values: [String] = []
  ) throws -> HTTPRequest {
    let names = Dictionary(uniqueKeysWithValues: settings.keys.map { ($0, JSONValue.string($0)) })
    let profile: JSONValue = [
      "base": .string(base), "settings": .object(names),
      "send": try #require(JSONValue(Array(call.utf8))),
    ]
    let provider = try Provider(
      ProviderProfile(StrictReader(profile, file: "p"), name: "p", paths: []), values: settings,
      baseURL: nil, caFile: nil)
    return try provider.request(
      for: Message(
        id: hostile, recipient: "+5511900000001", template: nil,
        parameters: values.enumerated().map { .init(position: $0 + 1, value: $1) }, fields: [:],
        settings: [:]))
  }

  @Test func `a form is sent field by field, and what is no text as JSON text`() throws {
    let request = try request(
      #"{"post":"/","form":{"b c":"{{id}}","n":5,"t":true,"list":["{{each.value}}"],"map":{"{{each.position}}":"{{each.value}}"}}}"#,
      values: [hostile, "y"])
    #expect(request.headers == [.init(name: "Content-Type", value: formType)])
    #expect(
      String(decoding: request.body, as: UTF8.self).hasPrefix(
        "b%20c=Ana%20%22%7B%7Btoken%7D%7D%22%20%5C%20%26%3D%25%2B%20%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9&list="
      ))
    let fields = try #require(formFields(request.body))
    func json(_ name: String) -> JSONValue? { fields[name].flatMap { JSONValue(Array($0.utf8)) } }
    #expect(fields["b c"] == hostile)
    #expect(fields["n"] == "5")
    #expect(fields["t"] == "true")
    #expect(json("list") == [.string(hostile), "y"])
    #expect(json("map") == ["1": .string(hostile), "2": "y"])
  }

  @Test func `what is optional and absent is no field of the form`() throws {
    let call = #"{"post":"/","form":{"a":"{{flow?}}","b":{"c":"{{flow?}}"}}}"#
    let settings: [String: JSONValue] = ["other": "x", "flow": "f"]
    #expect(
      formFields(try request(call, settings: settings).body) == ["a": "f", "b": #"{"c":"f"}"#])
    let profile = call.replacing("{{flow?}}", with: "{{template?}}")
    #expect(formFields(try request(profile).body) == ["b": "{}"])
  }

  /// RFC 7617 §2's own example.
  @Test func `Basic authentication is user, colon and password in base64`() throws {
    let request = try request(
      #"{"post":"/","basic":{"user":"{{user}}","password":"{{pass}}"}}"#,
      settings: ["user": "Aladdin", "pass": "open sesame"])
    #expect(
      request.headers.map(\.value) == ["Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="])
    #expect(request.headers.map(\.name) == ["Authorization"])
  }

  @Test func `placeholders in a path and in a query are percent-encoded`() throws {
    let request = try request(
      #"{"get":"/{{a}}/b?to={{a}}&x=1"}"#, settings: ["a": "ç/?&=#+"])
    #expect(request.url == "https://x/%C3%A7%2F%3F%26%3D%23%2B/b?to=%C3%A7%2F%3F%26%3D%23%2B&x=1")
    #expect(request.method == .get)
    #expect(request.body.isEmpty)
  }

  @Test(arguments: [
    ("{{url}}", "https://a.example/b/c", "https://a.example/b/c/v1"),
    ("{{url}}", "https://a.example/b/", "https://a.example/b/v1"),
    ("{{url}}/{{t}}", "https://a.example", "https://a.example/x%2Fy/v1"),
    ("https://{{url}}", "a.example/b", "https://a.example%2Fb/v1"),
  ])
  func `a placeholder that begins the base is an address itself`(
    _ base: String, _ address: JSONValue, _ url: String
  ) throws {
    let request = try request(
      #"{"post":"/v1"}"#, base: base, settings: ["url": address, "t": "x/y"])
    #expect(request.url == url)
  }
}

let formType = "application/x-www-form-urlencoded"

/// The fields of a form, decoded by hand; nil for what is no form.
func formFields(_ body: [UInt8]) -> [String: String]? {
  let pairs = body.split(separator: UInt8(ascii: "&")).map { pair in
    pair.split(separator: UInt8(ascii: "="), omittingEmptySubsequences: false).map(decoded)
  }
  guard pairs.allSatisfy({ $0.count == 2 }) else { return nil }
  return Dictionary(pairs.map { ($0[0], $0[1]) }) { _, last in "twice: \(last)" }
}

private func decoded(_ text: ArraySlice<UInt8>) -> String {
  var (bytes, rest) = ([UInt8](), text)
  while let byte = rest.popFirst() {
    switch byte {
    case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
    case UInt8(ascii: "%"):
      bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
      rest = rest.dropFirst(2)
    default: bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
