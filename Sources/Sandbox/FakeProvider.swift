import FastCGI
import Glibc
import JSON

/// The providers' APIs on this machine: takes the requests that they document (`Dialects.json`),
/// notes the messages, and answers as they do, or fails as the recipient's number asks
/// (`Behaviour`).
package struct FakeProvider: Sendable {
  private let file: ReceivedFile
  private let dialects: [Dialect]
  private let failing: Int

  /// Notes each message in the file.
  ///
  /// - Parameter failing: in how many of a hundred cases something goes wrong with a message whose
  ///   number asks for nothing.
  package init(file: ReceivedFile, failing: Int = 0) throws {
    self.file = file
    self.failing = failing
    dialects = try Dialect.all()
  }

  /// Answers one request.
  package func respond(to request: Request) -> Response {
    do {
      guard let request = FakeRequest(request) else { return .json(400, ["error": "no body"]) }
      guard let dialect = dialects.first(where: { $0.matches(request) }) else {
        return .json(404, ["error": "no such path"])
      }
      guard request.hasKey(dialect.key) else { return .json(401, ["error": "no key"]) }
      return try respond(to: Envelope(request, dialect), dialect)
    } catch {
      return .json(500, ["error": "the list of messages cannot be read or written"])
    }
  }

  private func respond(to envelope: Envelope, _ dialect: Dialect) throws -> Response {
    switch dialect.kind {
    case .lookUp: return .json(dialect.accepted, envelope)
    case .question:
      let isKnown = try file.all().contains { $0.id == envelope.id && $0.isTaken }
      return .json(isKnown ? dialect.accepted : dialect.refused, envelope)
    case nil: return try take(envelope, dialect)
    }
  }

  private func take(_ envelope: Envelope, _ dialect: Dialect) throws -> Response {
    var behaviour = Behaviour(recipient: envelope.recipient) ?? .mishap(percent: failing)
    if behaviour == .limitsOnce, try file.all().contains(where: envelope.isSame) { behaviour = nil }
    let response = response(behaviour, envelope, dialect)
    // A refusal may come with 200.
    let status = behaviour?.takes ?? true ? Received.taken : max(400, response.status.code)
    try file.append(envelope.received(status: behaviour == .hangs ? Received.hanging : status))
    if behaviour == .hangs { sleep(12) }
    return response
  }

  private func response(
    _ behaviour: Behaviour?, _ envelope: Envelope, _ dialect: Dialect
  ) -> Response {
    let accepted = Response.json(dialect.accepted, envelope)
    switch behaviour {
    case nil, .hangs: return accepted
    case .refuses: return .json(dialect.refused, envelope)
    case .refusesKey: return .json(401, ["message": "unauthorized"])
    case .limitsOnce: return .json(429, ["message": "too many requests"])
    case .limitsForSeconds: return .json(429, [:], ("Retry-After", "120"))
    case .limitsUntilDate: return .json(429, [:], ("Retry-After", httpDate(in: 120)))
    case .unavailable: return .json(503, ["message": "down"], ("Retry-After", "120"))
    case .fails: return .json(500, ["message": "broken"])
    case .failsBefore: return .raw(502, Array("<html>Bad Gateway</html>".utf8))
    case .babbles: return .json(200, ["hello": "world"])
    case .nods: return .raw(202, [])
    case .isSilent: return .raw(200, [])
    case .breaksOff: return .raw(200, Array(accepted.body.prefix(accepted.body.count / 2)))
    case .floods:
      return .raw(
        accepted.status.code, Array(repeating: UInt8(ascii: " "), count: 100_000) + accepted.body)
    case .closes: return .raw(200, [], ("X-Accel-Redirect", "/closed"))
    }
  }
}

extension Response {
  fileprivate static func json(_ answer: Dialect.Answer, _ envelope: Envelope) -> Response {
    guard let body = answer.body else { return .raw(answer.status, []) }
    return .json(answer.status, envelope.fill(body))
  }

  fileprivate static func json(
    _ status: Int, _ body: JSONValue, _ headers: (name: String, value: String)...
  ) -> Response {
    Response(
      status: Status(code: status, reason: "Fake"),
      headers: [(name: "Content-Type", value: "application/json")] + headers, body: body.json)
  }

  fileprivate static func raw(
    _ status: Int, _ body: [UInt8], _ headers: (name: String, value: String)...
  ) -> Response {
    Response(status: Status(code: status, reason: "Fake"), headers: headers, body: body)
  }
}

/// Some seconds from now as RFC 9110 §5.6.7 writes it.
private func httpDate(in seconds: Int) -> String {
  var (time, parts) = (time(nil) + seconds, tm())
  gmtime_r(&time, &parts)
  return String(unsafeUninitializedCapacity: 32) { bytes in
    bytes.withMemoryRebound(to: CChar.self) {
      strftime($0.baseAddress, $0.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
    }
  }
}
