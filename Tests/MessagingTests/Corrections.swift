@testable import Messaging

extension Answer {
  /// What was found in November 2026 to be otherwise than the first profiles said.
  static let corrections = quality + twilio + zenvia + receivers + notifications + codes

  private static let quality =
    [
      Answer(
        "meta-whatsapp", 200, #"{"messages":[{"id":"w","message_status":"accepted"}]}"#, .accepted,
        id: "w")
    ]
    + ["held_for_quality_assessment", "paused"].map { (status: String) in
      Answer(
        "meta-whatsapp", 200, #"{"messages":[{"id":"w","message_status":"\#(status)"}]}"#,
        .accepted, id: "w", reason: status)
    }
    + [
      (2, .unavailable), (133004, .unavailable), (131057, .unavailable), (131000, .unconfirmed),
      (131037, .misconfigured), (130497, .rejected),
    ].map { (code: Int, verdict: Verdict) in
      Answer(
        "meta-whatsapp", 400, #"{"error":{"code":\#(code)}}"#, verdict, reason: String(code))
    }

  private static let twilio =
    [21212, 21603, 21606, 21655, 21659, 21701, 21703, 63002, 63007, 63008].map {
      Answer(
        "twilio-whatsapp", 400, #"{"code":\#($0),"status":400}"#, .misconfigured,
        reason: String($0))
    }
    + [400, 429].map {
      Answer("twilio-whatsapp", $0, #"{"code":63018}"#, .unavailable, reason: "63018")
    }

  private static let zenvia =
    ["zenvia-whatsapp", "zenvia-flow", "zenvia-sms"].flatMap { (profile: String) in
      [
        Answer(
          profile, 409, #"{"code":"DUPLICATED","message":"externalId \#(Answer.id) exists"}"#,
          .accepted, reason: "DUPLICATED"),
        Answer(
          profile, 409, #"{"code":"DUPLICATED","details":[{"path":"gatilho-\#(Answer.id)"}]}"#,
          .accepted, reason: "DUPLICATED"),
        Answer(
          profile, 409, #"{"code":"DUPLICATED"}"#, .unconfirmed, reason: "DUPLICATED"),
        Answer(
          profile, 409, #"{"code":"DUPLICATED","message":"another"}"#, .unconfirmed,
          reason: "DUPLICATED"),
        Answer(profile, 409, #"{"code":"CONFLICT"}"#, .rejected, reason: "CONFLICT"),
      ]
    }
    + ["ERROR", "CANCELED", "TIMEOUT"].flatMap { (status: String) in
      [
        Answer(
          "zenvia-flow", 200, #"{"id":"b","status":"\#(status)","errorCode":"E7"}"#, .rejected,
          reason: "E7"),
        Answer(
          "zenvia-flow", 200, #"{"id":"b","status":"\#(status)"}"#, .rejected, reason: status),
      ]
    }
    + [Answer("zenvia-flow", 200, #"{"id":"b","status":"PROCESSING"}"#, .accepted, id: "b")]

  private static let receivers = [
    Answer(
      "wati", 200, #"{"result":true,"receivers":[{"localMessageId":"e","errors":[{"code":7}]}]}"#,
      .rejected, reason: "7"),
    Answer(
      "wati", 200, #"{"result":true,"receivers":[{"localMessageId":"e","errors":["opt-out"]}]}"#,
      .rejected, reason: "opt-out"),
    Answer(
      "wati", 200, #"{"result":true,"receivers":[{"localMessageId":"e","errors":[]}]}"#, .accepted,
      id: "e"),
  ]

  private static let notifications = [
    (#"[{"id":"m","event":"failed","reason":{"code":81}}]"#, .rejected, nil, "81"),
    (#"[{"id":"m","event":"failed"}]"#, .rejected, nil, nil),
    (
      #"[{"id":"m","event":"failed","reason":{"code":81}},{"id":"m","event":"failed"}]"#, .rejected,
      nil, "81"
    ),
    (
      #"[{"id":"m","event":"failed","reason":{"code":81}},{"id":"m","event":"dispatched"}]"#,
      .accepted, "m", nil
    ),
    (#"[{"id":"m","event":"consumed"}]"#, .accepted, "m", nil),
    (#"[{"id":"m","event":"something new"}]"#, .unconfirmed, nil, nil),
  ].map { (items: String, verdict: Verdict, id: String?, reason: String?) in
    Answer(
      "blip-template", 200, #"{"status":"success","resource":{"items":\#(items)}}"#, verdict,
      id: id, reason: reason, call: "confirm")
  }

  private static let codes = [
    Answer(
      "callbell", 200, #"{"message":{"uuid":"c","status":"mismatch"}}"#, .accepted, id: "c"),
    Answer("callbell", 422, #"{"code":"E1"}"#, .rejected, reason: "E1"),
    Answer("callbell", 422, #"{"error":{"code":"E1"}}"#, .rejected, reason: "E1"),
    Answer("gupshup", 200, #"{"status":"error","code":1002}"#, .rejected, reason: "1002"),
    Answer("gupshup", 400, #"{"code":4003}"#, .rejected, reason: "4003"),
    Answer("wati", 200, #"{"result":false,"code":"T1"}"#, .rejected, reason: "T1"),
    Answer("wati", 400, #"{"error":"bad"}"#, .rejected, reason: "bad"),
    Answer("webhook", 422, #"{"code":"C1"}"#, .rejected, reason: "C1"),
    Answer("webhook", 410, #"{"reason":"moved"}"#, .misconfigured, reason: "moved"),
  ]
}
