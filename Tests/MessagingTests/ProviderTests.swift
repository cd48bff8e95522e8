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

  private func profile(_ name: String) throws -> ProviderProfile {
    let bytes = try #require(ProviderProfile.builtIn[name])
    let reader = try StrictReader(json5: bytes, file: name)
    return try ProviderProfile(reader, name: name, paths: ["application.id"])
  }

  private func provider(_ name: String, _ settings: [String: JSONValue]) throws -> Provider {
    try Provider(
      profile(name), values: settings.merging(Self.secrets) { $1 }, baseURL: nil, caFile: nil)
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

  /// The documented request: address, headers, body.
  private func sample(_ name: String) throws -> (
    url: String?, headers: [String: JSONValue], body: JSONValue
  ) {
    let document = try #require(JSONValue(fixture("providers/\(name)")))
    func value(_ pointer: String) -> JSONValue? { JSONPointer(pointer)?.value(in: document) }
    guard case .object(let headers) = value("/_http/headers") else { return (nil, [:], .null) }
    return (value("/_http/url")?.text, headers, try #require(value("/body")))
  }

  private func expect(
    _ request: HTTPRequest, isLike name: String, adding: JSONValue = .object([:])
  ) throws {
    let sample = try sample(name)
    #expect(request.url == sample.url)
    #expect(request.method == .post)
    let headers = request.headers.map { ($0.name, JSONValue.string($0.value)) }
    let sent = Dictionary(headers) { $1 }
    #expect(sent.filter { $0.key != "Accept" } == sample.headers.filter { $0.key != "Accept" })
    #expect(JSONValue(request.body)?.merging(adding) == sample.body)
  }

  @Test func `a Callbell request is the documented one`() throws {
    let settings: [String: JSONValue] = [
      "channel": "00000000-aaaa-4aaa-8aaa-00000000c001", "optIn": true, "bot": "bot_start",
    ]
    let request = try provider("callbell", settings).request(
      for: message(
        "7d7a2f80-1c7f-5f5e-9a56-0c6f5a3b2002", template: "0000000000000000000000000000c002"))
    try expect(request, isLike: "callbell-template-request.json", adding: ["fields": "contact"])
  }

  @Test func `a Blip request is the documented one`() throws {
    let settings: [String: JSONValue] = [
      "contract": "acme-rh", "flow": "aaaaaaaa-0000-4000-8000-000000000001",
      "state": "bbbbbbbb-0000-4000-8000-000000000002", "bot": "acmerhfluxo@msging.net",
    ]
    let request = try provider("blip-campaign", settings).request(
      for: message("5b0b6f0e-0a52-5c0f-8f21-9d1f0f3c3003", template: "candidatura_mudou_etapa"))
    try expect(request, isLike: "blip-campaign-full-request.json")
  }

  @Test func `an Infobip request is the documented one`() throws {
    let request = try provider("infobip-whatsapp", ["account": "abc123", "sender": "551140000000"])
      .request(
        for: message(
          "gatilho-3a1d8c34-7c11-5b68-9b7e-0f3d4b2a4004", template: "candidatura_mudou_etapa"))
    let optional: JSONValue = [
      "messages": [
        [
          "callbackData": "application=900001;event=evt-1",
          "notifyUrl": "https://gatilho.example.com/dlr/infobip/TOKEN",
        ]
      ]
    ]
    try expect(request, isLike: "infobip-whatsapp-template-request.json", adding: optional)
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

  @Test func `hostile text arrives as exactly that text, white space collapsed`() throws {
    let hostile = "Ana \"{{token}}\" \\ \u{1F468}\u{200D}\u{1F469} </b>'"
    let request = try provider("callbell", ["channel": "c", "optIn": true]).request(
      for: message("i", template: "t", values: [hostile]))
    let body = try #require(JSONValue(request.body))
    #expect(JSONPointer("/template_values/0")?.value(in: body) == .string(hostile))
    #expect(Values.clean(" a\n\tb  \u{7}c\u{A0}") == "a b c")
    #expect(Values.clean(" \n ") == nil)
    #expect(Values.clean(String(repeating: "x", count: 2_000))?.count == 1_024)
  }

  /// Provider, answer's status, answer's fixture or text, what it means, id, reason.
  private static let answers: [(String, Int, String, Verdict, String?, String?)] = [
    (
      "callbell", 200, "callbell-send-response-200.json", .accepted,
      "0000000000000000000000000000c003", nil
    ),
    (
      "callbell", 201, "callbell-send-response-200-with-contact.json", .accepted,
      "0000000000000000000000000000c003", nil
    ),
    ("callbell", 200, "{}", .unconfirmed, nil, nil),
    ("callbell", 200, "", .unconfirmed, nil, nil),
    ("callbell", 422, "callbell-error-any-4xx.json", .rejected, nil, nil),
    ("callbell", 400, "not json", .rejected, nil, nil),
    ("callbell", 401, "callbell-error-any-4xx.json", .misconfigured, nil, nil),
    ("callbell", 402, "", .misconfigured, nil, nil),
    ("callbell", 403, "", .misconfigured, nil, nil),
    ("callbell", 404, "", .misconfigured, nil, nil),
    ("callbell", 405, "", .misconfigured, nil, nil),
    ("callbell", 407, "", .misconfigured, nil, nil),
    ("callbell", 302, "", .misconfigured, nil, nil),
    ("callbell", 408, "", .unavailable, nil, nil),
    ("callbell", 425, "", .unavailable, nil, nil),
    ("callbell", 429, "", .unavailable, nil, nil),
    ("callbell", 500, "<html>", .unconfirmed, nil, nil),
    ("callbell", 502, "<html>", .unconfirmed, nil, nil),
    ("callbell", 503, "", .unconfirmed, nil, nil),
    (
      "infobip-whatsapp", 200, "infobip-whatsapp-template-response-200.json", .accepted,
      "gatilho-3a1d8c34-7c11-5b68-9b7e-0f3d4b2a4004", nil
    ),
    (
      "infobip-whatsapp", 200, "infobip-response-200-duplicate-message-id.json", .accepted, nil, nil
    ),
    (
      "infobip-whatsapp", 200,
      #"{"messages":[{"status":{"groupId":5,"id":21,"name":"REJECTED_SYSTEM_ERROR"}}]}"#,
      .unavailable, nil, nil
    ),
    (
      "infobip-whatsapp", 200,
      #"{"messages":[{"status":{"groupId":5,"id":12,"name":"REJECTED_NOT_ENOUGH_CREDITS"}}]}"#,
      .misconfigured, nil, "REJECTED_NOT_ENOUGH_CREDITS"
    ),
    (
      "infobip-whatsapp", 200,
      #"{"messages":[{"status":{"groupId":5,"id":52,"name":"REJECTED_DESTINATION"}}]}"#, .rejected,
      nil, "REJECTED_DESTINATION"
    ),
    ("infobip-whatsapp", 400, "infobip-whatsapp-error-400.json", .rejected, nil, "BAD_REQUEST"),
    ("infobip-whatsapp", 401, "infobip-whatsapp-error-401.json", .misconfigured, nil, nil),
    ("infobip-whatsapp", 403, "infobip-whatsapp-error-403.json", .misconfigured, nil, nil),
    ("infobip-whatsapp", 429, "infobip-whatsapp-error-429.json", .unavailable, nil, nil),
    (
      "blip-campaign", 200, "blip-campaign-full-response-200-success.json", .accepted,
      "cccccccc-0000-4000-8000-000000000003", nil
    ),
    ("blip-campaign", 200, #"{"status":"success"}"#, .accepted, nil, nil),
    ("blip-campaign", 200, "blip-campaign-full-response-200-failure.json", .rejected, nil, "61"),
    ("blip-campaign", 200, #"{"status":"failure","reason":{"code":34}}"#, .unavailable, nil, "34"),
    ("blip-campaign", 200, #"{"status":"failure","reason":{"code":85}}"#, .unavailable, nil, "85"),
    ("blip-campaign", 200, #"{"status":"failure","reason":{"code":86}}"#, .unconfirmed, nil, "86"),
    (
      "blip-campaign", 200, #"{"status":"failure","reason":{"code":13}}"#, .misconfigured, nil, "13"
    ),
    ("blip-campaign", 202, "", .unconfirmed, nil, nil),
    ("blip-campaign", 504, "", .unconfirmed, nil, nil),
  ]

  @Test(arguments: answers)
  func `an answer means what the provider's table says`(
    _ name: String, _ status: Int, _ answer: String, _ verdict: Verdict, _ id: String?,
    _ reason: String?
  ) throws {
    let body = answer.hasSuffix(".json") ? try fixture("providers/\(answer)") : Array(answer.utf8)
    let delivery = Delivery(
      HTTPResponse(status: status, body: body), rules: try profile(name).send.answers)
    #expect(delivery.verdict == verdict)
    #expect(delivery.messageId == id)
    #expect(delivery.reason == reason)
    #expect(delivery.httpStatus == status)
  }

  @Test func `a 503 that says when to come back was certainly not sent`() throws {
    let delivery = Delivery(HTTPResponse(status: 503, retryAfter: "120"), rules: [])
    #expect(delivery.verdict == .unavailable)
    #expect(delivery.retryAfter == 120)
  }
}

extension JSONValue {
  /// The members of both, arrays element by element.
  fileprivate func merging(_ other: JSONValue) -> JSONValue {
    switch (self, other) {
    case (.object(let mine), .object(let others)):
      .object(mine.merging(others) { $0.merging($1) })
    case (.array(let mine), .array(let others)) where mine.count == others.count:
      .array(zip(mine, others).map { $0.merging($1) })
    default: other
    }
  }
}
