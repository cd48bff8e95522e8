import Dispatch
import HTTPClient
import JSON
import Messaging

/// Posts webhooks as Gupy does: one event each on a connection of its own, 30 s patience, the secret
/// from `clientHeaders`.
package struct FakeGupy: Sendable {
  private let url: String
  private let caFile: String?
  /// What the body is said to be. Empty: nothing is said, as by Gupy once any client header is
  /// configured.
  package var contentType = "application/json;charset=utf-8"

  /// - Parameter caFile: a PEM file of authorities that replaces the system's.
  package init(url: String, caFile: String?) {
    self.url = url
    self.caFile = caFile
  }

  package func post(
    _ body: [UInt8], secret: String? = StageConfiguration.secret
  ) async throws -> HTTPResponse {
    // Without a value it keeps libcurl from sending a content type of its own.
    let type = HTTPRequest.Header(name: "Content-Type", value: contentType)
    let key = secret.map { HTTPRequest.Header(name: "Authorization", value: $0) }
    let headers = [type, key].compactMap(\.self)
    return try await send(HTTPRequest(method: .post, url: url, headers: headers, body: body))
  }

  /// Asks as a browser would.
  package func get() async throws -> HTTPResponse {
    try await send(HTTPRequest(method: .get, url: url, headers: [], body: []))
  }

  /// On a queue and so a thread of its own: the client blocks, and Gupy delivers many at once.
  private func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue(label: "gupy").async {
        continuation.resume(with: Result { try exchange(request) })
      }
    }
  }

  private func exchange(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
    let patience = HTTPLimits(total: .seconds(30), connect: .seconds(30))
    return try HTTPClient().send(request, limits: patience, caFile: caFile)
  }
}

extension HTTPResponse {
  /// The member of a JSON body; nil when it is absent or no text.
  package func text(_ pointer: String) -> String? {
    JSONValue(body).flatMap { JSONPointer(pointer)?.value(in: $0) }?.text
  }

  /// What became of the event: an outcome's status, or `duplicate`; for an answer that says nothing
  /// of an event, the problem's title, if it has one.
  package var outcome: String? {
    guard case .object(let members)? = JSONValue(body) else { return nil }
    if members["duplicate"] == true { return "duplicate" }
    // A problem's `status` is the answer's own, as a number.
    guard case .string(let word)? = members["status"] else { return members["title"]?.text }
    return word
  }
}
