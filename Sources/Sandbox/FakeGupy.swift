import HTTPClient
import Messaging

/// Posts webhooks as Gupy does: one event each, 30 s patience, the secret from `clientHeaders`.
package final class FakeGupy {
  private let url: String
  private let caFile: String?
  private let client = HTTPClient()

  package init(url: String, caFile: String?) {
    self.url = url
    self.caFile = caFile
  }

  /// What came back.
  package struct Answer: Sendable {
    package let status: Int
    package let body: [UInt8]

    /// The member of the answer's body; nil when it is absent or no text.
    package func text(_ pointer: String) -> String? {
      JSONValue(body).flatMap { JSONPointer(pointer)?.value(in: $0) }?.text
    }
  }

  /// Delivers one body.
  package func post(
    _ body: [UInt8], secret: String? = StageConfiguration.secret
  ) throws(HTTPError) -> Answer {
    let headers = secret.map { [HTTPRequest.Header(name: "Authorization", value: $0)] } ?? []
    let request = HTTPRequest(method: .post, url: url, headers: headers, body: body)
    let answer = try client.send(
      request, limits: HTTPLimits(total: .seconds(30)), caFile: caFile)
    return Answer(status: answer.status, body: answer.body)
  }
}
