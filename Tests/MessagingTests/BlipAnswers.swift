@testable import Messaging

extension Answer {
  static let blip =
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

  static let blipTemplate =
    [
      Answer("blip-template", 202, "", .accepted),
      Answer("blip-template", 200, "", .unconfirmed),
      Answer("blip-template", 400, #"{"code":21}"#, .rejected, reason: "21"),
      Answer("blip-template", 401, #"{"code":13}"#, .misconfigured, reason: "13"),
      Answer("blip-template", 400, #"{"code":34}"#, .unavailable, reason: "34"),
      Answer("blip-template", 504, #"{"code":86}"#, .unconfirmed, reason: "86"),
    ]
    + [
      (200, "blip-account-lookup-response-200-success.json", .accepted, nil),
      (200, "blip-command-response-200-failure.json", .rejected, "61"),
      (202, "blip-command-response-200-failure.json", .rejected, "61"),
      (200, #"{"status":"failure","reason":{"code":86}}"#, .unavailable, "86"),
      (200, #"{"status":"failure","reason":{"code":81}}"#, .misconfigured, "81"),
      (200, "<html>", .unavailable, nil), (504, "", .unavailable, nil),
      (401, #"{"code":13}"#, .misconfigured, "13"),
    ].map { (status: Int, text: String, verdict: Verdict, reason: String?) in
      Answer("blip-template", status, text, verdict, reason: reason, call: "prepare")
    }
    + [
      (200, "blip-notifications-by-id-response-200.json", .accepted, nil),
      (200, #"{"status":"success","resource":{"total":0,"items":[]}}"#, .unconfirmed, nil),
      (200, #"{"status":"failure","reason":{"code":67}}"#, .unconfirmed, "67"),
      (200, "", .unconfirmed, nil), (429, "", .unconfirmed, nil), (503, "", .unconfirmed, nil),
      (401, #"{"code":13}"#, .unconfirmed, "13"),
    ].map { (status: Int, text: String, verdict: Verdict, reason: String?) in
      let id = "7d7a2f80-1c7f-5f5e-9a56-0c6f5a3b2002"
      return Answer(
        "blip-template", status, text, verdict, id: verdict == .accepted ? id : nil,
        reason: reason, call: "confirm")
    }
}
