@testable import Messaging

/// One row of the providers' tables of answers.
struct Answer: Sendable, CustomStringConvertible {
  let profile: String
  let status: Int
  /// A file of `Fixtures/providers`, or the body itself.
  let text: String
  let verdict: Verdict
  let messageId: String?
  let reason: String?
  /// `send`, `prepare` or `confirm`.
  let call: String

  init(
    _ profile: String, _ status: Int, _ text: String, _ verdict: Verdict, id: String? = nil,
    reason: String? = nil, call: String = "send"
  ) {
    (self.profile, self.status, self.text, self.verdict) = (profile, status, text, verdict)
    (messageId, self.reason, self.call) = (id, reason, call)
  }

  var description: String { "\(profile) \(call): \(status) \(text)" }
}

extension Answer {
  static let all = callbell + infobip + flow + blip + others

  private static let callbell = [
    Answer(
      "callbell", 200, "callbell-send-response-200.json", .accepted,
      id: "0000000000000000000000000000c003"),
    Answer(
      "callbell", 201, "callbell-send-response-200-with-contact.json", .accepted,
      id: "0000000000000000000000000000c003"),
    Answer(
      "callbell", 200, #"{"message":{"uuid":"c","status":"failed"}}"#, .rejected, reason: "failed"),
    Answer("callbell", 200, "{}", .unconfirmed),
    Answer("callbell", 200, #"{"message":{"status":"enqueued"}}"#, .unconfirmed),
    Answer("callbell", 422, "callbell-error-any-4xx.json", .rejected),
    Answer("callbell", 400, "not json", .rejected),
    Answer("callbell", 401, "callbell-error-any-4xx.json", .misconfigured),
    Answer("callbell", 402, "", .misconfigured),
    Answer("callbell", 403, "", .misconfigured),
    Answer("callbell", 405, "", .misconfigured),
    Answer("callbell", 407, "", .misconfigured),
    Answer("callbell", 408, "", .unavailable),
    Answer("callbell", 425, "", .unavailable),
    Answer("callbell", 500, "callbell-error-any-4xx.json", .unconfirmed),
  ]

  private static let infobip =
    [
      Answer(
        "infobip-whatsapp", 200, "infobip-whatsapp-template-response-200.json", .accepted,
        id: "gatilho-3a1d8c34-7c11-5b68-9b7e-0f3d4b2a4004"),
      Answer(
        "infobip-whatsapp", 200, "infobip-response-200-duplicate-message-id.json", .accepted,
        id: "gatilho-3a1d8c34-7c11-5b68-9b7e-0f3d4b2a4004"),
      Answer(
        "infobip-whatsapp", 400, "infobip-whatsapp-error-400.json", .rejected,
        reason: "BAD_REQUEST"),
      Answer(
        "infobip-whatsapp", 401, "infobip-whatsapp-error-401.json", .misconfigured,
        reason: "UNAUTHORIZED"),
      Answer(
        "infobip-whatsapp", 403, "infobip-whatsapp-error-403.json", .misconfigured,
        reason: "FORBIDDEN"),
      Answer(
        "infobip-whatsapp", 429, "infobip-whatsapp-error-429.json", .unavailable,
        reason: "TOO_MANY_REQUESTS"),
      Answer("infobip-whatsapp", 400, "infobip-sms3-error-400.json", .rejected, reason: "E400"),
      Answer("infobip-whatsapp", 429, "infobip-sms3-error-429.json", .unavailable, reason: "E429"),
      Answer("infobip-whatsapp", 500, #"{"errorCode":"E500"}"#, .unconfirmed, reason: "E500"),
      Answer("infobip-whatsapp", 200, #"{"messages":[]}"#, .unconfirmed),
    ]
    + [
      (0, 0, .accepted), (1, 26, .accepted), (3, 5, .accepted), (5, 23, .accepted),
      (5, 20, .unavailable), (5, 21, .unavailable),
      (5, 12, .misconfigured), (5, 17, .misconfigured), (5, 18, .misconfigured),
      (2, 4, .rejected), (4, 15, .rejected), (5, 6, .rejected), (5, 8, .rejected),
      (5, 10, .rejected), (5, 11, .rejected), (5, 13, .rejected), (5, 14, .rejected),
      (5, 19, .rejected), (5, 51, .rejected), (5, 52, .rejected), (9, 99, .unconfirmed),
    ].map { (group: Int, id: Int, verdict: Verdict) in
      let told = verdict == .accepted || verdict == .unconfirmed
      return Answer(
        "infobip-whatsapp", 200,
        #"{"messages":[{"status":{"groupId":\#(group),"id":\#(id),"name":"N"}}]}"#, verdict,
        reason: told ? nil : "N")
    }

  private static let flow = [
    Answer(
      "infobip-flow", 200, "infobip-moments-flow-response-200.json", .accepted,
      id: "dddddddd-0000-4000-8000-000000000008"),
    Answer(
      "infobip-flow", 404, "infobip-moments-flow-error-404.json", .misconfigured, reason: "40401"),
    Answer(
      "infobip-flow", 400, "infobip-whatsapp-error-400.json", .rejected, reason: "BAD_REQUEST"),
    Answer("infobip-flow", 400, #"{"errorCode":"40001"}"#, .rejected, reason: "40001"),
    Answer("infobip-flow", 400, #"{"title":"x"}"#, .rejected),
    Answer(
      "infobip-flow", 429, "infobip-whatsapp-error-429.json", .unavailable,
      reason: "TOO_MANY_REQUESTS"),
    Answer("infobip-flow", 200, "{}", .unconfirmed),
  ]

  private static let blip =
    [
      Answer(
        "blip-campaign", 200, "blip-campaign-full-response-200-success.json", .accepted,
        id: "cccccccc-0000-4000-8000-000000000003"),
      Answer("blip-campaign", 200, #"{"status":"success"}"#, .accepted),
      Answer(
        "blip-campaign", 200, "blip-campaign-full-response-200-failure.json", .rejected,
        reason: "61"),
      Answer(
        "blip-campaign", 202, "blip-command-response-200-failure.json", .rejected, reason: "61"),
      Answer(
        "blip-campaign", 401, #"{"code":13,"description":"x"}"#, .misconfigured, reason: "13"),
      Answer("blip-campaign", 400, #"{"code":21,"description":"x"}"#, .rejected, reason: "21"),
      Answer("blip-campaign", 504, "", .unconfirmed),
    ]
    + [
      (.unavailable, [34, 85]), (.unconfirmed, [86]),
      (.misconfigured, [13, 31, 32, 33, 35, 42, 43, 44, 62, 63, 65, 66, 81]),
      (.rejected, [1, 21, 22, 23, 24, 25, 26, 27, 41, 51, 61, 64, 67, 71, 82, 83, 84, 87, 101]),
    ].flatMap { (verdict: Verdict, codes: [Int]) in
      codes.map {
        Answer(
          "blip-campaign", 200, #"{"status":"failure","reason":{"code":\#($0)}}"#, verdict,
          reason: String($0))
      }
    }

  private static let others =
    [
      Answer(
        "zenvia-whatsapp", 200, "zenvia-template-response-200.json", .accepted,
        id: "00000000-0000-4000-8000-00000000d002"),
      Answer("zenvia-whatsapp", 200, "{}", .unconfirmed),
      Answer(
        "zenvia-whatsapp", 400, #"{"code":"VALIDATION_ERROR"}"#, .rejected,
        reason: "VALIDATION_ERROR"),
      Answer(
        "zenvia-whatsapp", 401, #"{"code":"AUTHENTICATION_ERROR"}"#, .misconfigured,
        reason: "AUTHENTICATION_ERROR"),
      Answer("zenvia-whatsapp", 404, #"{"code":"NOT_FOUND"}"#, .misconfigured, reason: "NOT_FOUND"),
      Answer("zenvia-whatsapp", 409, #"{"code":"DUPLICATED"}"#, .rejected, reason: "DUPLICATED"),
      Answer(
        "zenvia-whatsapp", 500, #"{"code":"INTERNAL_ERROR"}"#, .unconfirmed,
        reason: "INTERNAL_ERROR"),
      Answer("zenvia-flow", 200, #"{"id":"d004"}"#, .accepted, id: "d004"),
      Answer("zenvia-flow", 409, #"{"code":"DUPLICATED"}"#, .rejected, reason: "DUPLICATED"),
      Answer(
        "twilio-whatsapp", 201, "twilio-template-response-201.json", .accepted,
        id: "SM00000000000000000000000000000001"),
      Answer("twilio-whatsapp", 200, "twilio-template-response-201.json", .unconfirmed),
      Answer("twilio-whatsapp", 400, #"{"code":21211,"status":400}"#, .rejected, reason: "21211"),
      Answer(
        "twilio-whatsapp", 400, #"{"code":63007,"status":400}"#, .misconfigured, reason: "63007"),
      Answer(
        "twilio-whatsapp", 401, #"{"code":20003,"status":401}"#, .misconfigured, reason: "20003"),
      Answer(
        "twilio-whatsapp", 429, #"{"code":20429,"status":429}"#, .unavailable, reason: "20429"),
      Answer(
        "meta-whatsapp", 200, "meta-template-response-200.json", .accepted, id: "wamid.FAKEFAKEFAKE"
      ),
      Answer("meta-whatsapp", 400, "meta-error.json", .unavailable, reason: "131056"),
      Answer("meta-whatsapp", 200, "{}", .unconfirmed),
      Answer("meta-whatsapp", 400, #"{"error":{"code":100}}"#, .rejected, reason: "100"),
      Answer(
        "meta-whatsapp", 500, #"{"error":{"code":2,"is_transient":true}}"#, .unconfirmed,
        reason: "2"),
      Answer(
        "wati", 200, "wati-template-response-200.json", .accepted,
        id: "00000000-0000-4000-8000-00000000e001"),
      Answer("wati", 200, #"{"result":true}"#, .accepted),
      Answer("wati", 200, #"{"result":false,"info":"no template"}"#, .rejected),
      Answer(
        "wati", 200,
        #"{"result":true,"receivers":[{"localMessageId":"e","isValidWhatsAppNumber":false}]}"#,
        .rejected),
      Answer("wati", 200, "{}", .unconfirmed),
      Answer("wati", 401, "", .misconfigured),
      Answer(
        "gupshup", 202, "gupshup-template-response-202.json", .accepted,
        id: "00000000-0000-4000-8000-00000000f002"),
      Answer("gupshup", 200, #"{"status":"error","message":"x"}"#, .rejected),
      Answer("gupshup", 401, #"{"message":"Portal User Not Found With APIKey"}"#, .misconfigured),
      Answer("webhook", 200, #"{"id":"w1"}"#, .accepted, id: "w1"),
      Answer("webhook", 204, "", .accepted),
      Answer("webhook", 410, "", .misconfigured),
      Answer("webhook", 422, "", .rejected),
    ] + meta

  private static let meta = [
    (Verdict.unavailable, 400, [4, 80007, 130429, 131048, 131056]), (.unavailable, 500, [131000]),
    (.misconfigured, 400, [0, 10, 33, 190, 200, 368, 131005, 131031, 131042, 131045, 133010]),
    (.misconfigured, 500, [3]),
    (
      .rejected, 400,
      [131026, 131047, 131049, 132000, 132005, 132007, 132012, 132015, 132016, 132068]
    ),
    (.rejected, 404, [132001]),
  ].flatMap { (verdict: Verdict, status: Int, codes: [Int]) in
    codes.map {
      Answer(
        "meta-whatsapp", status, #"{"error":{"code":\#($0)}}"#, verdict, reason: String($0))
    }
  }
}
