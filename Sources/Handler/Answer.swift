import FastCGI
import JSON
import Journal
import Messaging

/// What a request is told: a closed set, and the one place that knows how Gupy, a machine that
/// repeats whatever is not 200, takes each.
package enum Answer {
  /// The event is on disk with this outcome.
  case settled(id: String, Outcome, isDuplicate: Bool)
  /// The event is on disk, nothing was sent, and Gupy is to deliver it again.
  case again(id: String, Outcome, after: Int)
  /// An event of a type that needs no message; it is not kept.
  case notSubscribed(id: String, type: String)
  /// A body that is no event, kept as it came.
  case quarantined(path: String, expected: String)
  /// Nothing was kept.
  case refused(Refusal)
}

extension Answer {
  /// Seconds after which a repeat is worth while, unless a provider asks for more.
  static let retryAfter = 60

  /// What a provider asked for, within reason: Gupy gives up after two hours.
  static func retryAfter(_ asked: Int?) -> Int { min(max(retryAfter, asked ?? 0), 7_200) }

  /// The word in `Gatilho-Outcome` and in the log.
  var name: String {
    switch self {
    case .settled(_, let outcome, let isDuplicate):
      isDuplicate ? "duplicate" : outcome.status.rawValue
    case .again(_, let outcome, _): outcome.status.rawValue
    case .notSubscribed: "notSubscribed"
    case .quarantined: "quarantined"
    case .refused(let refusal): refusal.name
    }
  }

  var response: Response {
    switch self {
    case .settled(let id, let outcome, let isDuplicate):
      json(.ok, Body(id: id, status: outcome.status.rawValue, outcome, isDuplicate: isDuplicate))
    case .again(let id, let outcome, let seconds):
      json(
        .serviceUnavailable, Body(id: id, status: outcome.status.rawValue, outcome),
        [(name: "Retry-After", value: String(seconds))])
    case .notSubscribed(let id, _): json(.ok, Body(id: id, status: name))
    case .quarantined(let path, let expected):
      json(
        .ok,
        Body(status: name, .undeliverable([.init(path: path, problem: "expected \(expected)")])))
    case .refused(let refusal):
      json(
        refusal.status, ProblemDocument(refusal.status, refusal.detail), refusal.headers,
        type: "application/problem+json")
    }
  }

  private func json(
    _ status: Status, _ body: some JSONWritable, _ headers: [(name: String, value: String)] = [],
    type: String = "application/json"
  ) -> Response {
    var response = Response(status, type: type, body: body.json)
    response.headers.insert((name: "Gatilho-Outcome", value: name), at: 1)
    response.headers += headers
    return response
  }

  /// What is told of an event.
  private struct Body: JSONWritable {
    private let id: String?
    private let status: String
    private let outcome: Outcome?
    private let isDuplicate: Bool

    init(id: String? = nil, status: String, _ outcome: Outcome? = nil, isDuplicate: Bool = false) {
      (self.id, self.status, self.outcome, self.isDuplicate) = (id, status, outcome, isDuplicate)
    }

    func write(to json: inout JSONWriter) {
      json.object {
        $0.member("duplicate", isDuplicate ? true : nil)
        $0.member("id", id)
        $0.member("messageId", outcome?.messageId)
        $0.member("problems", outcome?.problems)
        $0.member("reason", outcome?.reason)
        $0.member("status", status)
      }
    }
  }
}
