import Dispatch
import HTTPClient
import Messaging

/// Posts webhooks as Gupy does: one event each on a connection of its own, 30 s patience, the secret
/// from `clientHeaders`.
package struct FakeGupy: Sendable {
  private let url: String
  private let caFile: String

  package init(url: String, caFile: String) {
    self.url = url
    self.caFile = caFile
  }

  /// What came back.
  package struct Answer: Sendable {
    package let status: Int
    package let retryAfter: String?
    package let body: [UInt8]

    /// The member of the answer's body; nil when it is absent or no text.
    package func text(_ pointer: String) -> String? {
      JSONValue(body).flatMap { JSONPointer(pointer)?.value(in: $0) }?.text
    }
  }

  /// Delivers one body.
  package func post(
    _ body: [UInt8], secret: String? = StageConfiguration.secret
  ) async throws -> Answer {
    let headers = secret.map { [HTTPRequest.Header(name: "Authorization", value: $0)] } ?? []
    return try await send(HTTPRequest(method: .post, url: url, headers: headers, body: body))
  }

  /// Asks as a browser would.
  package func get() async throws -> Answer {
    try await send(HTTPRequest(method: .get, url: url, headers: [], body: []))
  }

  /// On a queue and so a thread of its own: the client blocks, and Gupy delivers many at once.
  private func send(_ request: HTTPRequest) async throws -> Answer {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue(label: "gupy").async {
        continuation.resume(with: Result { try exchange(request) })
      }
    }
  }

  private func exchange(_ request: HTTPRequest) throws(HTTPError) -> Answer {
    let limits = HTTPLimits(total: .seconds(30))
    let answer = try HTTPClient().send(request, limits: limits, caFile: caFile)
    return Answer(status: answer.status, retryAfter: answer.retryAfter, body: answer.body)
  }
}
