@testable import Messaging

extension Answer {
  /// Of the profiles of November 2026.
  static let new =
    infobipSMS
    + [
      Answer(
        "wati-v3", 200,
        #"{"success":true,"broadcast_id":"b","recipients":[{"local_message_id":"l","errors":[]}]}"#,
        .accepted, id: "l"),
      Answer("wati-v3", 200, #"{"success":true,"recipients":[{"target":"5511"}]}"#, .accepted),
      Answer("wati-v3", 200, #"{"success":true,"recipients":[]}"#, .unconfirmed),
      Answer("wati-v3", 200, #"{"success":true}"#, .unconfirmed),
      Answer(
        "wati-v3", 200, #"{"success":false,"error":"no such template"}"#, .rejected,
        reason: "no such template"),
      Answer(
        "wati-v3", 200, #"{"success":true,"recipients":[{"errors":[{"code":"E1"}]}]}"#, .rejected,
        reason: "E1"),
      Answer("wati-v3", 401, "", .misconfigured),
      Answer(
        "360dialog", 200, "meta-template-response-200.json", .accepted, id: "wamid.FAKEFAKEFAKE"),
      Answer("360dialog", 400, "meta-error.json", .unavailable, reason: "131056"),
      Answer("360dialog", 500, #"{"error":{"code":131000}}"#, .unconfirmed, reason: "131000"),
      Answer("360dialog", 401, #"{"error":"no key"}"#, .misconfigured),
      Answer(
        "zapi-text", 200, "zapi-send-text-response-200.json", .accepted, id: "0000000000000000MSG"),
      Answer("zapi-text", 200, #"{"zaapId":"z"}"#, .unconfirmed),
      Answer("zapi-text", 405, "", .misconfigured), Answer("zapi-text", 415, "", .misconfigured),
      Answer(
        "zapi-text", 400, #"{"error":"your client-token is not configured"}"#, .misconfigured,
        reason: "your client-token is not configured"),
      Answer("zapi-text", 400, #"{"error":"phone"}"#, .rejected, reason: "phone"),
      Answer(
        "twilio-sms", 201, #"{"sid":"SM1","status":"queued"}"#, .accepted, id: "SM1"),
      Answer("twilio-sms", 400, #"{"code":21611}"#, .unavailable, reason: "21611"),
      Answer("twilio-sms", 400, #"{"code":21610}"#, .rejected, reason: "21610"),
      Answer("twilio-sms", 401, #"{"code":20003}"#, .misconfigured, reason: "20003"),
      Answer("zenvia-sms", 200, #"{"id":"z1"}"#, .accepted, id: "z1"),
      Answer("zenvia-sms", 200, "{}", .unconfirmed),
      Answer(
        "zenvia-sms", 400, #"{"code":"VALIDATION_ERROR"}"#, .rejected, reason: "VALIDATION_ERROR"),
    ]
    + [21212, 21603, 21606, 21659, 21701, 21703].map {
      Answer(
        "twilio-sms", 400, #"{"code":\#($0),"status":400}"#, .misconfigured, reason: String($0))
    }

  private static let infobipSMS =
    [
      Answer(
        "infobip-sms", 200, "infobip-sms3-response-200.json", .accepted,
        id: "gatilho-3a1d8c34-7c11-5b68-9b7e-0f3d4b2a4005"),
      Answer("infobip-sms", 400, "infobip-sms3-error-400.json", .rejected, reason: "E400"),
      Answer("infobip-sms", 429, "infobip-sms3-error-429.json", .unavailable, reason: "E429"),
      Answer("infobip-sms", 200, "{}", .unconfirmed),
      Answer(
        "infobip-sms", 200, "infobip-sms3-logs-response-200.json", .accepted,
        id: "gatilho-3a1d8c34-7c11-5b68-9b7e-0f3d4b2a4005", call: "confirm"),
      Answer("infobip-sms", 200, #"{"results":[]}"#, .unconfirmed, call: "confirm"),
      Answer(
        "infobip-sms", 200, #"{"results":[{"status":{"groupId":5,"name":"N"}}]}"#, .rejected,
        reason: "N", call: "confirm"),
      Answer(
        "infobip-sms", 401, #"{"errorCode":"E401"}"#, .unconfirmed, reason: "E401", call: "confirm"),
    ]
    + [
      (0, 0, .accepted), (3, 5, .accepted), (5, 23, .accepted), (5, 20, .unavailable),
      (5, 21, .unavailable), (5, 12, .misconfigured), (5, 17, .misconfigured),
      (5, 18, .misconfigured), (2, 4, .rejected), (4, 15, .rejected), (5, 52, .rejected),
      (9, 99, .unconfirmed),
    ].map { (group: Int, id: Int, verdict: Verdict) in
      let told = verdict == .accepted || verdict == .unconfirmed
      return Answer(
        "infobip-sms", 200,
        #"{"messages":[{"status":{"groupId":\#(group),"id":\#(id),"name":"N"}}]}"#, verdict,
        reason: told ? nil : "N")
    }
}
