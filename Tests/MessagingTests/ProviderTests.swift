import HTTPClient
import JSON
import TestSupport
import Testing

@testable import Messaging

@Suite struct ProviderTests {
  private static let secrets: [String: JSONValue] = [
    "token": "fake_callbell_token", "key": "ZmFrZS1yb3V0ZXI6ZmFrZS1rZXk=",
    "apiKey": "fakekeyfakekeyfakekeyfakekey00-00000000-0000-4000-8000-000000000000",
  ]

  private func provider(_ name: String, _ settings: [String: JSONValue]) throws -> Provider {
    try Provider(
      builtIn(name), values: settings.merging(Self.secrets) { $1 }, baseURL: nil, caFile: nil)
  }

  private func message(
    _ id: String, template: String,
    values: [String] = ["Joana", "Analista de Dados", "Entrevista"],
    settings: [String: JSONValue] = [:]
  ) -> Message {
    Message(
      id: id, recipient: "+5511900000001", template: template,
      parameters: values.enumerated().map { .init(position: $0 + 1, value: $1) },
      fields: ["application.id": "900001"], settings: settings)
  }

  @Test func `what stands in the address cannot lead elsewhere`() throws {
    let text = #"{ "base": "https://x", "send": { "post": "/v1/{{id}}/{{account}}" } }"#
    let named = text.replacing(#""send""#, with: #""settings": { "account": "a" }, "send""#)
    let reader = try StrictReader(json5: Array(named.utf8), file: "p.json")
    let provider = try Provider(
      ProviderProfile(reader, name: "p", paths: []), values: ["account": "../a b"], baseURL: nil,
      caFile: nil)
    let request = try provider.request(for: message("a/b?c", template: "t"))
    #expect(request.url == "https://x/v1/a%2Fb%3Fc/..%2Fa%20b")
  }

  @Test func `a value cannot begin a header of its own`() throws {
    let text = #"{ "base": "https://x", "send": { "post": "/", "headers": { "X-Id": "{{id}}" } } }"#
    let reader = try StrictReader(json5: Array(text.utf8), file: "p")
    let profile = try ProviderProfile(reader, name: "p", paths: [])
    let provider = try Provider(profile, values: [:], baseURL: nil, caFile: nil)
    let request = try provider.request(for: message("a\r\nX-Other: b", template: "t"))
    #expect(request.headers == [.init(name: "X-Id", value: "a X-Other: b")])
    let long = String(repeating: "k ", count: 2_000) + "k"
    #expect(try provider.request(for: message(long, template: "t")).headers.first?.value == long)
  }

  @Test func `settings of a rule win over the provider's`() throws {
    let provider = try provider("infobip-whatsapp", ["account": "a", "sender": "1"])
    let request = try provider.request(
      for: message("i", template: "t", settings: ["language": "en"]))
    let body = try #require(JSONValue(request.body))
    #expect(JSONPointer("/messages/0/content/language")?.value(in: body) == "en")
  }

  @Test func `what is optional and absent leaves no key behind`() throws {
    let request = try provider("blip-campaign", ["contract": "c"]).request(
      for: message("i", template: "t"))
    let body = try #require(JSONValue(request.body))
    let campaign = try #require(JSONPointer("/resource/campaign")?.value(in: body))
    #expect(JSONPointer("/flowId")?.value(in: campaign) == nil)
    #expect(JSONPointer("/name")?.value(in: campaign) == "gatilho-i")
  }

  @Test func `a required value that is absent is named`() throws {
    let provider = try provider("callbell", ["channel": "c", "optIn": true])
    let message = Message(
      id: "i", recipient: "+5511900000001", template: "t", parameters: [], fields: [:],
      settings: [:])
    #expect(throws: MissingValues(names: ["application.id"])) {
      try provider.request(for: message)
    }
  }

  @Test func `a secret that a provider quotes is hidden, as it is and percent-encoded`() throws {
    let text = #"""
      { "base": "https://x", "secrets": { "key": "k", "pin": "p" },
        "send": { "post": "/{{key}}", "json": {},
          "answers": [{ "messageId": "/id", "reason": "/code", "is": "accepted" }] } }
      """#
    let reader = try StrictReader(json5: Array(text.utf8), file: "p")
    let profile = try ProviderProfile(reader, name: "p", paths: [])
    let server = LoopbackServer { _, _ in
      .answer(LoopbackServer.http(200, #"{"id":"a geheim/&Wort b","code":"geheim%2F%26Wort 12"}"#))
    }
    let provider = try Provider(
      profile, values: ["key": "geheim/&Wort", "pin": "12"], baseURL: server.url, caFile: nil)
    let delivery = provider.deliver(
      try provider.pending(message("i", template: "t")), with: HTTPClient())
    #expect(delivery.messageId == "a HIDDEN b")
    // A secret so short stands everywhere by chance.
    #expect(delivery.reason == "HIDDEN 12")
  }

  @Test func `a delivery tells its cause`() throws {
    func cause(_ status: Int, _ body: String) throws -> String {
      let rules = try StrictReader(json5: Array(#"[{ reason: "/code" }]"#.utf8), file: "p")
        .list(AnswerRule.init)
      return Delivery(HTTPResponse(status: status, body: Array(body.utf8)), rules: rules).cause
    }
    #expect(try cause(401, #"{"code":20003}"#) == "HTTP 401, 20003")
    #expect(try cause(403, "") == "HTTP 403")
    #expect(Delivery(.unavailable, reason: "Couldn't connect").cause == "Couldn't connect")
  }

  @Test func `values are trimmed, their white space collapsed, their length bounded`() {
    #expect(Values.clean(" a\n\tb  \u{7}c\u{A0}") == "a b c")
    #expect(Values.clean(" \n ") == nil)
    #expect(Values.clean(String(repeating: "x", count: 2_000))?.count == 1_024)
  }
}
