import HTTPClient
import JSON

/// Gupy's REST API: calls with a token, each made again while that is worth it.
///
/// What is 429, 500 or above, or without an answer is tried again with growing pauses. There is no
/// idempotency key, so a POST that may have been heard is never repeated before a look at the list.
package struct GupyAPI {
  private let client = HTTPClient()
  private let baseURL: String
  private let token: String
  private let tries: Int
  private let pause: (Duration) -> Void

  private static let limits = HTTPLimits(
    total: .seconds(30), connect: .seconds(10), answer: 8 << 20)
  /// A server that asks for more is not waited for.
  private static let longestPause = 60

  /// Four tries with pauses of up to 1, 2 and 4 seconds, and as long as `Retry-After` asks up to a
  /// minute.
  ///
  /// - Parameters:
  ///   - baseURL: without a slash at its end.
  ///   - pause: waits so long.
  package init(
    baseURL: String, token: String, tries: Int = 4, pause: @escaping (Duration) -> Void
  ) {
    self.baseURL = baseURL
    self.token = token
    self.tries = tries
    self.pause = pause
  }

  /// Asks again as long as that is worth while; only for what may be done twice.
  func persist(
    _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil
  ) throws(GupyAPIError) -> HTTPResponse {
    var number = 1
    while true {
      do throws(GupyAPIError) {
        return try send(method, path, body)
      } catch .notFound where number > 1 && method == .delete {
        // A try that failed has deleted it.
        return HTTPResponse(status: 404)
      } catch {
        guard waits(after: number, error) else { throw error }
        number += 1
      }
    }
  }

  /// Waits before the next try: as long as the other side asks, and at least half of the pause and a
  /// random part of the other half, so that not all come back at once.
  ///
  /// - Parameter number: of the try that failed, from 1.
  /// - Returns: false, at once, when there is no next try.
  func waits(after number: Int, _ error: GupyAPIError) -> Bool {
    let asked = error.secondsAsked ?? 0
    guard error.isPassing, number < tries, asked <= Self.longestPause else { return false }
    let longest = Duration.seconds(1 << (number - 1))
    pause(max(.seconds(asked), longest * Double.random(in: 0.5...1)))
    return true
  }

  /// One call, made once.
  func send(
    _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil
  ) throws(GupyAPIError) -> HTTPResponse {
    var headers = [HTTPRequest.Header(name: "Authorization", value: "Bearer \(token)")]
    if body != nil { headers.append(.init(name: "Content-Type", value: "application/json")) }
    let request = HTTPRequest(
      method: method, url: baseURL + path, headers: headers, body: body?.json ?? [])
    let answer: HTTPResponse
    do throws(HTTPError) {
      answer = try client.send(request, limits: Self.limits)
    } catch {
      switch error {
      case .notSent(let reason), .noAnswer(let reason): throw .unreachable(reason)
      }
    }
    guard 200..<300 ~= answer.status else {
      let secret = body?.at("/clientHeaders/Authorization")?.text
      throw GupyAPIError(answer, hiding: [token] + [secret].compactMap(\.self))
    }
    // Of a list that breaks off nobody knows the rest.
    if let reason = answer.bodyFailure { throw .unreachable(reason) }
    return answer
  }
}
