import FastCGI
import JSON

/// What a request is for: the param `GATILHO_ENDPOINT`, which nginx sets.
enum Endpoint: String {
  /// Takes Gupy's webhooks; also without the param.
  case webhook
  /// Says whether a webhook could be handled now.
  case health
  /// A page for people.
  case status
  /// Figures for Prometheus.
  case metrics
}

extension Request {
  /// Nil for a word that means nothing.
  var endpoint: Endpoint? {
    guard let word = parameters["GATILHO_ENDPOINT"] else { return .webhook }
    return Endpoint(rawValue: word)
  }

  /// Answers one that only looks: by GET, by HEAD without the body, and no other way.
  func answerToLook(_ answer: () -> Response) -> Response {
    switch method {
    case "GET": return answer()
    case "HEAD":
      var response = answer()
      response.body = []
      return response
    case _:
      var refusal = Response(.methodNotAllowed, problem: "Ask by GET or HEAD.")
      refusal.headers.append((name: "Allow", value: "GET, HEAD"))
      return refusal
    }
  }
}

extension Response {
  /// An answer that nobody may keep.
  init(_ status: Status, type: String, body: [UInt8]) {
    self.init(
      status: status,
      headers: [(name: "Content-Type", value: type), (name: "Cache-Control", value: "no-store")],
      body: body)
  }

  /// What stands in the way, by RFC 9457.
  init(_ status: Status, problem detail: String) {
    let problem = Refusal.Problem(title: status.reason, status: status.code, detail: detail)
    self.init(status, type: "application/problem+json", body: problem.json)
  }

  /// A look at a customer whose configuration cannot be read.
  init(badConfiguration error: DocumentError) {
    self.init(.serviceUnavailable, problem: Refusal.badConfiguration(error).problem.detail)
  }
}
