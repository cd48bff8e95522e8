import FastCGI
import Glibc
import JSON
import Messaging

/// Callbell, Infobip and Blip on this machine: takes the requests that they document, notes them,
/// and answers as they do, or fails as the recipient's number asks (`Behaviour`).
package struct FakeProvider: Sendable {
  private let file: ReceivedFile

  /// Notes each message in the file.
  package init(file: ReceivedFile) {
    self.file = file
  }

  /// Answers one request; which API it is for tells its path (`DOCUMENT_URI`).
  package func respond(to request: Request) -> Response {
    guard let dialect = Dialect.all.first(where: { $0.path == request.parameters["DOCUMENT_URI"] })
    else { return json(404, ["error": "no such path"]) }
    guard request.header("Authorization")?.hasPrefix(dialect.scheme + " ") == true else {
      return json(401, ["error": "no key"])
    }
    guard case .complete(let bytes) = request.body, let body = JSONValue(bytes) else {
      return json(400, ["error": "no JSON"])
    }
    return respond(to: Envelope(body, dialect), dialect)
  }

  private func respond(to envelope: Envelope, _ dialect: Dialect) -> Response {
    let behaviour = Behaviour(recipient: envelope.recipient)
    let response = response(behaviour, envelope, dialect)
    let status = behaviour == .hangs ? 0 : response.status.code
    do {
      try file.append(envelope.received(status: status))
    } catch {
      return json(500, ["error": "cannot note the message"])
    }
    if behaviour == .hangs { sleep(12) }
    return response
  }

  private func response(
    _ behaviour: Behaviour?, _ envelope: Envelope, _ dialect: Dialect
  ) -> Response {
    switch behaviour {
    case nil, .hangs: return json(200, dialect.accepted(envelope.id))
    case .refuses: return json(dialect.refused.status, dialect.refused.body)
    case .refusesKey: return json(401, ["error": "unauthorized"])
    case .limitsOnce:
      return isFirst(envelope)
        ? json(429, ["error": "too many requests"]) : json(200, dialect.accepted(envelope.id))
    case .unavailable:
      return json(503, ["error": "down"], [(name: "Retry-After", value: "120")])
    case .fails: return json(500, ["error": "broken"])
    case .babbles: return json(200, ["hello": "world"])
    }
  }

  private func isFirst(_ envelope: Envelope) -> Bool {
    do {
      return try !file.all().contains { $0.id == envelope.id }
    } catch {
      return true
    }
  }

  private func json(
    _ status: Int, _ body: JSONValue, _ headers: [(name: String, value: String)] = []
  ) -> Response {
    Response(
      status: Status(code: status, reason: "Fake"),
      headers: [(name: "Content-Type", value: "application/json")] + headers, body: body.encoded)
  }
}

/// What a request says, whichever API it is for.
private struct Envelope {
  let id: String
  let recipient: String
  private let template: String
  private let values: [String]

  /// Finds in a body what the dialect says where to find.
  init(_ body: JSONValue, _ dialect: Dialect) {
    func value(_ pointer: String) -> JSONValue? { JSONPointer(pointer)?.value(in: body) }
    id = value(dialect.id)?.text ?? ""
    recipient = value(dialect.recipient)?.text ?? ""
    template = value(dialect.template)?.text ?? ""
    switch value(dialect.values) {
    case .array(let elements): values = elements.compactMap(\.text)
    case .object(let members):
      values = members.sorted { Int($0.key) ?? 0 < Int($1.key) ?? 0 }.compactMap(\.value.text)
    case .null, .bool, .integer, .number, .string, nil: values = []
    }
  }

  /// What is noted of it.
  func received(status: Int) -> Received {
    Received(id: id, recipient: recipient, template: template, values: values, status: status)
  }
}
