import FastCGI
import Glibc
import JSON

/// The providers' APIs on this machine: takes the requests that they document (`Dialects.json`),
/// notes the messages, and answers as they do, or fails as the recipient's number asks
/// (`Behaviour`).
package struct FakeProvider: Sendable {
  private let file: ReceivedFile
  private let failing: Int

  /// Notes each message in the file.
  ///
  /// - Parameter failing: in how many of a hundred cases something goes wrong with a message whose
  ///   number asks for nothing.
  package init(file: ReceivedFile, failing: Int = 0) {
    self.file = file
    self.failing = failing
  }

  package func respond(to request: Request) -> Response {
    guard let request = FakeRequest(request) else { return .json(400, ["error": "no body"]) }
    guard let dialect = Dialect.all.first(where: { $0.matches(request) }) else {
      return .json(404, ["error": "no such path"])
    }
    guard request.hasKey(dialect[.key] ?? "") else { return .json(401, ["error": "no key"]) }
    do {
      return try respond(to: request.message(dialect), dialect)
    } catch {
      return .json(500, ["error": "the list of messages cannot be read or written"])
    }
  }

  private func respond(to message: Received, _ dialect: Dialect) throws -> Response {
    switch dialect.kind {
    case .message: return try take(message, dialect)
    case .lookUp: return .json(dialect.answer(.accepted), message)
    case .question:
      let isKnown = try file.all().contains { $0.id == message.id && $0.isTaken }
      return .json(dialect.answer(isKnown ? .accepted : .refused), message)
    }
  }

  private func take(_ message: Received, _ dialect: Dialect) throws -> Response {
    var behaviour = Behaviour(recipient: message.recipient) ?? .mishap(percent: failing)
    if behaviour == .limitsOnce, try file.all().contains(where: { $0.answered(200) == message }) {
      behaviour = nil
    }
    let response = response(behaviour, message, dialect)
    // A refusal may come with 200.
    let status = behaviour?.takes ?? true ? Received.taken : max(400, response.status.code)
    try file.append(message.answered(behaviour == .hangs ? Received.hanging : status))
    if behaviour == .hangs { sleep(12) }
    return response
  }

  private func response(
    _ behaviour: Behaviour?, _ message: Received, _ dialect: Dialect
  ) -> Response {
    let accepted = Response.json(dialect.answer(.accepted), message)
    switch behaviour {
    case nil, .hangs: return accepted
    case .refuses: return .json(dialect.answer(.refused), message)
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
  fileprivate static func json(
    _ answer: (status: Int, body: JSONValue?), _ message: Received
  ) -> Response {
    guard let body = answer.body else { return .raw(answer.status, []) }
    return .json(answer.status, message.fill(body))
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
