@testable import Messaging

extension Answer {
  static let others =
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
      Answer(
        "zenvia-whatsapp", 500, #"{"code":"INTERNAL_ERROR"}"#, .unconfirmed,
        reason: "INTERNAL_ERROR"),
      Answer("zenvia-flow", 200, #"{"id":"d004"}"#, .accepted, id: "d004"),
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
        "meta-whatsapp", 500, #"{"error":{"code":2,"is_transient":true}}"#, .unavailable,
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
      Answer("gupshup", 200, #"{"status":"error","message":"x"}"#, .rejected, reason: "x"),
      Answer(
        "gupshup", 401, #"{"message":"Portal User Not Found With APIKey"}"#, .misconfigured,
        reason: "Portal User Not Found With APIKey"),
      Answer("webhook", 200, #"{"id":"w1"}"#, .accepted, id: "w1"),
      Answer("webhook", 204, "", .accepted),
      Answer("webhook", 410, "", .misconfigured),
      Answer("webhook", 422, "", .rejected),
    ] + meta

  private static let meta = [
    (Verdict.unavailable, 400, [4, 80007, 130429, 131048, 131056]),
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
