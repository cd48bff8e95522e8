import HTTPClient
import JSON

/// Gupy's configuration API: its webhooks, listed, made, changed and deleted.
///
/// What is 429, 500 or above, or without an answer is tried again with growing pauses. There is no
/// idempotency key, so a POST that may have been heard is never repeated before a look at the list.
package struct GupyAPI {
  private let client = HTTPClient()
  private let baseURL: String
  private let token: String
  private let patience: Patience

  /// Gupy's own limit of a page.
  private static let pageSize = 100
  /// Far beyond what anybody has.
  private static let pageLimit = 100
  private static let limits = HTTPLimits(
    total: .seconds(30), connect: .seconds(10), answer: 8 << 20)

  /// - Parameter baseURL: without a slash at its end.
  package init(baseURL: String, token: String, patience: Patience) {
    self.baseURL = baseURL
    self.token = token
    self.patience = patience
  }

  /// All webhooks of the customer, each once, in Gupy's order.
  ///
  /// Where a page does not say how many there are, pages are asked for until one brings nothing new.
  package func list() throws(GupyAPIError) -> [Registration] {
    var all: [Registration] = []
    for number in 1...Self.pageLimit {
      guard let page = try page(number) else { break }
      let known = Set(all.map(\.id))
      let new = page.registrations.filter { !known.contains($0.id) }
      all += new
      guard !new.isEmpty, number < page.pages ?? .max else { break }
    }
    return all
  }

  /// Nil behind the last page, where that is not found.
  private func page(_ number: Int) throws(GupyAPIError) -> RegistrationPage? {
    let query = "?page=\(number)&perPage=\(Self.pageSize)&fields=all"
    do throws(GupyAPIError) {
      let answer = try persist(.get, "/webhooks" + query)
      guard let page = RegistrationPage(answer.body) else { throw .unreadable }
      return page
    } catch .notFound where number > 1 {
      return nil
    }
  }

  /// Makes a webhook, unless a try that failed turns out to have made it.
  package func create(_ wanted: WantedRegistration) throws(GupyAPIError) {
    var number = 1
    while true {
      let failure: Failure
      do throws(Failure) {
        _ = try send(.post, "/webhooks", wanted.body)
        return
      } catch {
        failure = error
      }
      guard failure.mayHaveWorked else { throw failure.error }
      let goesOn = failure.isPassing && patience.waits(after: number, asked: failure.asked)
      if try list().contains(where: wanted.isThere) { return }
      guard goesOn else { throw failure.error }
      number += 1
    }
  }

  /// Makes a webhook what is wanted, all of it.
  package func update(_ id: String, to wanted: WantedRegistration) throws(GupyAPIError) {
    _ = try persist(.put, "/webhooks/" + id, wanted.body)
  }

  /// Deletes a webhook; one that a failed try has deleted is not missed.
  package func delete(_ id: String) throws(GupyAPIError) {
    _ = try persist(.delete, "/webhooks/" + id, isDone: { $0 == 404 })
  }

  /// Asks again as long as that is worth while; only for what may be done twice.
  ///
  /// - Parameter isDone: the status that says, to a second try, that the first one has worked.
  private func persist(
    _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil,
    isDone: (Int) -> Bool = { _ in false }
  ) throws(GupyAPIError) -> HTTPResponse {
    var number = 1
    while true {
      do throws(Failure) {
        return try send(method, path, body)
      } catch {
        if number > 1, let answer = error.answer, isDone(answer.status) { return answer }
        guard error.isPassing, patience.waits(after: number, asked: error.asked) else {
          throw error.error
        }
        number += 1
      }
    }
  }

  private func send(
    _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil
  ) throws(Failure) -> HTTPResponse {
    var headers = [HTTPRequest.Header(name: "Authorization", value: "Bearer \(token)")]
    if body != nil { headers.append(.init(name: "Content-Type", value: "application/json")) }
    let request = HTTPRequest(
      method: method, url: baseURL + path, headers: headers, body: body?.json ?? [])
    let answer: HTTPResponse
    do throws(HTTPError) {
      answer = try client.send(request, limits: Self.limits)
    } catch {
      throw Failure(error)
    }
    guard 200..<300 ~= answer.status else { throw Failure(answer, hiding: hidden(body)) }
    // Of a list that breaks off nobody knows the rest.
    if let reason = answer.bodyFailure { throw Failure(.noAnswer(reason: reason)) }
    return answer
  }

  private func hidden(_ body: JSONValue?) -> [String] {
    let secret = body?.at("/clientHeaders/Authorization")?.text
    return [token] + [secret].compactMap(\.self)
  }
}
