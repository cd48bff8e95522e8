import Gupy
import HTTPClient
import JSON

/// Posts to the public address as Gupy would, and sees whether gatilho stands there and takes the
/// secret. The event is of a type that nobody subscribes to: nothing is kept and nothing is sent.
package struct Probe {
  private let url: String
  private let caFile: String?
  private let client = HTTPClient()

  /// The type that no event of Gupy has.
  private static let event = "gatilho.probe"

  /// - Parameter caFile: a PEM file of authorities that replaces the system's.
  package init(url: String, caFile: String? = nil) {
    self.url = url
    self.caFile = caFile
  }

  /// What stands at the address.
  package enum Result: Equatable, Sendable, CustomStringConvertible {
    /// Gatilho, and it takes the secret.
    case accepts
    /// 401: what stands there does not take the secret.
    case refusesSecret
    /// Neither 200 nor 401.
    case status(Int)
    /// 200, but not as gatilho answers.
    case isAnother
    /// No connection, no TLS, or no whole answer, in the library's words.
    case unreachable(String)

    /// For a person: what it means.
    package var description: String {
      switch self {
      case .accepts: "gatilho answers and takes the secret"
      case .refusesSecret: "it refuses the secret (401)"
      case .status(403): "it answers 403: nginx's allow-list keeps this machine out"
      case .status(let status): "it answers \(status)"
      case .isAnother: "something that is not gatilho answers 200"
      case .unreachable(let reason): "no answer: \(reason)"
      }
    }
  }

  /// Posts with the secret in `Authorization`, once, with as much patience as Gupy has.
  package func ask(secret: String) -> Result {
    let id = "gatilho-probe-\(UInt64.random(in: .min ... .max))"
    let body: JSONValue = [
      "id": .string(id), "event": .string(Self.event),
      "date": .string(Timestamp.now.description),
    ]
    let request = HTTPRequest(
      method: .post, url: url,
      headers: [
        .init(name: "Authorization", value: secret),
        .init(name: "Content-Type", value: "application/json"),
      ], body: body.json)
    let answer: HTTPResponse
    do throws(HTTPError) {
      let limits = HTTPLimits(total: .seconds(30), connect: .seconds(10))
      answer = try client.send(request, limits: limits, caFile: caFile)
    } catch {
      switch error {
      case .notSent(let reason), .noAnswer(let reason): return .unreachable(reason)
      }
    }
    switch answer.status {
    case 200:
      if let reason = answer.bodyFailure { return .unreachable(reason) }
      let document = JSONValue(answer.body) ?? .null
      let texts = ["/id", "/status"].map { document.at($0)?.text }
      return texts == [id, "notSubscribed"] ? .accepts : .isAnother
    case 401: return .refusesSecret
    default: return .status(answer.status)
    }
  }
}
