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

  /// The id of the message that is answered.
  static let id = "7d7a2f80-1c7f-5f5e-9a56-0c6f5a3b2002"

  var description: String { "\(profile) \(call): \(status) \(text)" }
}

extension Answer {
  static let all =
    callbell + infobip + flow + blip + blipTemplate + others + new + corrections

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
    Answer("callbell", 422, "callbell-error-any-4xx.json", .rejected, reason: "invalid"),
    Answer("callbell", 400, "not json", .rejected),
    Answer("callbell", 401, "callbell-error-any-4xx.json", .misconfigured, reason: "invalid"),
    Answer("callbell", 402, "", .misconfigured),
    Answer("callbell", 403, "", .misconfigured),
    Answer("callbell", 405, "", .misconfigured),
    Answer("callbell", 407, "", .misconfigured),
    Answer("callbell", 408, "", .unavailable),
    Answer("callbell", 425, "", .unavailable),
    Answer("callbell", 500, "callbell-error-any-4xx.json", .unconfirmed, reason: "invalid"),
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
}
