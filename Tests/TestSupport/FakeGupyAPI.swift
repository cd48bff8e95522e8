import JSON
import Synchronization

/// Gupy's configuration API on this machine: keeps webhooks in memory, shows them in each shape that
/// is met, and fails as a test asks.
package final class FakeGupyAPI: Sendable {
  /// The token that it knows.
  package static let token = "token-de-demonstracao"

  private let shape: Shape
  private let showsHeaders: Bool
  private let pageSize: Int
  private let state: Mutex<State>

  /// How a list is wrapped.
  package enum Shape: CaseIterable, Sendable {
    /// `{results, totalResults, page, totalPages}`.
    case results
    /// `{data}`, page by page, without a count.
    case data
    /// A bare array, page by page.
    case array
    /// A bare array of everything, whatever page is asked for.
    case wholeArray
  }

  /// What becomes of one request instead of what it asks for.
  package enum Failure: Sendable {
    /// A status with `{title, detail, status}`.
    case status(Int)
    /// A firewall's: a status and, where given, `Retry-After`, without a body.
    case bare(Int, retryAfter: Int?)
    /// What was asked for is done, and the status says otherwise.
    case done(Int)
    /// A proxy's page, with 200.
    case page
  }

  /// An answer: the status, the body and the header lines, each with its end.
  package typealias Answer = (status: Int, body: String, headers: String)

  private struct State {
    var webhooks: [[String: JSONValue]]
    var failures: [(method: String, Failure)] = []
    var nextID: Int64 = 1_000
  }

  /// - Parameters:
  ///   - webhooks: what is there, each with an `id`.
  ///   - showsHeaders: whether a list shows `clientHeaders`.
  ///   - pageSize: what a page holds at most, whatever is asked for.
  package init(
    _ webhooks: [[String: JSONValue]] = [], shape: Shape = .results, showsHeaders: Bool = true,
    pageSize: Int = 100
  ) {
    self.shape = shape
    self.showsHeaders = showsHeaders
    self.pageSize = pageSize
    state = Mutex(State(webhooks: webhooks))
  }

  /// What is there now, in the order of its making.
  package var webhooks: [[String: JSONValue]] {
    get { state.withLock(\.webhooks) }
    set { state.withLock { $0.webhooks = newValue } }
  }

  /// Lets the next requests of a method fail so, one after the other.
  package func fail(_ method: String, _ failures: Failure...) {
    state.withLock { $0.failures += failures.map { (method, $0) } }
  }

  /// Answers a request as it came over HTTP/1.1, head and body.
  package func answer(_ text: String) -> Answer {
    guard let request = GupyAPIRequest(text) else { return (400, "", "") }
    guard request.token == Self.token else { return problem(401, "Unauthorized") }
    return state.withLock { state in
      let index = state.failures.firstIndex { $0.method == request.method }
      switch index.map({ state.failures.remove(at: $0).1 }) {
      case .status(let status): return problem(status, "fails as asked, \(request.secret)")
      case .bare(let status, let seconds):
        return (status, "", seconds.map { "Retry-After: \($0)\r\n" } ?? "")
      case .done(let status):
        _ = handle(request, &state)
        return problem(status, "done, and says otherwise")
      case .page: return (200, "<html>Welcome</html>", "")
      case nil: return handle(request, &state)
      }
    }
  }

  private func handle(_ request: GupyAPIRequest, _ state: inout State) -> Answer {
    switch (request.method, request.id) {
    case ("GET", nil): return (200, text(list(request, state.webhooks)), "")
    case ("POST", nil): return create(request, &state)
    case ("PUT", let id?): return replace(id, request, &state)
    case ("DELETE", let id?):
      let count = state.webhooks.count
      state.webhooks.removeAll { $0["id"]?.text == id }
      return state.webhooks.count < count ? (204, "", "") : problem(404, "Not Found")
    default: return problem(404, "Not Found")
    }
  }

  private func create(_ request: GupyAPIRequest, _ state: inout State) -> Answer {
    guard var webhook = request.webhook else { return problem(400, "Bad Request") }
    webhook["id"] = .integer(state.nextID)
    state.nextID += 1
    state.webhooks.append(webhook)
    return (201, text(.object(shown(webhook))), "")
  }

  private func replace(_ id: String, _ request: GupyAPIRequest, _ state: inout State) -> Answer {
    guard var webhook = request.webhook else { return problem(400, "Bad Request") }
    guard let index = state.webhooks.firstIndex(where: { $0["id"]?.text == id }) else {
      return problem(404, "Not Found")
    }
    webhook["id"] = state.webhooks[index]["id"]
    state.webhooks[index] = webhook
    return (200, text(.object(shown(webhook))), "")
  }

  private func list(_ request: GupyAPIRequest, _ webhooks: [[String: JSONValue]]) -> JSONValue {
    let all = webhooks.map { JSONValue.object(shown($0)) }
    let page = request.number("page") ?? 1
    let size = min(pageSize, request.number("perPage") ?? 10)
    let part = Array(all.dropFirst((page - 1) * size).prefix(size))
    switch shape {
    case .results:
      return [
        "results": .array(part), "totalResults": .integer(Int64(all.count)),
        "page": .integer(Int64(page)),
        "totalPages": .integer(Int64((all.count + size - 1) / size)),
      ]
    case .data: return ["data": .array(part)]
    case .array: return .array(part)
    case .wholeArray: return .array(all)
    }
  }

  private func shown(_ webhook: [String: JSONValue]) -> [String: JSONValue] {
    webhook.filter { showsHeaders || $0.key != "clientHeaders" }
  }

  private func problem(_ status: Int, _ detail: String) -> Answer {
    let body: JSONValue = [
      "title": "Problem", "detail": .string(detail), "status": .integer(Int64(status)),
    ]
    return (status, text(body), "")
  }

  private func text(_ value: JSONValue) -> String { String(decoding: value.json, as: UTF8.self) }
}
