import JSON
import Messaging

/// How one provider's API speaks, as far as a fake of it must know: where in a request stands
/// what, and what its answers look like. From the providers' public documentation.
struct Dialect: Sendable {
  /// The request's path.
  let path: String
  /// The word before the key in `Authorization`.
  let scheme: String
  let id: String
  let recipient: String
  let template: String
  let values: String
  /// The answer to a message that is taken, by its id.
  let accepted: @Sendable (String) -> JSONValue
  /// The answer to a message that is refused for good.
  let refused: (status: Int, body: JSONValue)

  static let all = [callbell, infobip, blip]

  static let callbell = Dialect(
    path: "/v1/messages/send", scheme: "Bearer",
    id: "/metadata/gatilho_id", recipient: "/to", template: "/template_uuid",
    values: "/template_values",
    accepted: { ["message": ["uuid": .string("callbell-" + $0), "status": "enqueued"]] },
    refused: (422, ["error": "invalid"]))

  static let infobip = Dialect(
    path: "/whatsapp/1/message/template", scheme: "App",
    id: "/messages/0/messageId", recipient: "/messages/0/to",
    template: "/messages/0/content/templateName",
    values: "/messages/0/content/templateData/body/placeholders",
    accepted: { id in
      let status: JSONValue = ["groupId": 1, "groupName": "PENDING", "id": 7]
      return ["messages": [["messageId": .string(id), "messageCount": 1, "status": status]]]
    },
    refused: (
      200,
      [
        "messages": [
          ["status": ["groupId": 5, "id": 52, "name": "REJECTED_DESTINATION"]]
        ]
      ]
    ))

  static let blip = Dialect(
    path: "/commands", scheme: "Key",
    id: "/id", recipient: "/resource/audience/recipient",
    template: "/resource/message/messageTemplate", values: "/resource/audience/messageParams",
    accepted: { ["status": "success", "resource": ["id": .string("blip-" + $0)]] },
    refused: (200, ["status": "failure", "reason": ["code": 61, "description": "refused"]]))
}
