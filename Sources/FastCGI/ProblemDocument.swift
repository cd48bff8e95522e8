import JSON

/// What stands in the way of an answer, for machines and people: a problem document (RFC 9457). Without
/// a `type` of its own, `title` is the status' phrase.
package struct ProblemDocument: JSONWritable {
  private let status: Status
  private let detail: String

  /// - Parameter detail: what to do about it, without anything of the request.
  package init(_ status: Status, _ detail: String) {
    self.status = status
    self.detail = detail
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("detail", detail)
      $0.member("status", status.code)
      $0.member("title", status.reason)
    }
  }
}

extension Response {
  /// An answer that nobody may keep.
  package init(_ status: Status, type: String, body: [UInt8]) {
    self.init(
      status: status,
      headers: [(name: "Content-Type", value: type), (name: "Cache-Control", value: "no-store")],
      body: body)
  }

  /// A problem document.
  package init(_ status: Status, problem detail: String) {
    self.init(status, type: "application/problem+json", body: ProblemDocument(status, detail).json)
  }
}

extension Request {
  /// Answers one that only looks: by GET, by HEAD without the body, and no other way.
  package func answerToLook(_ answer: () -> Response) -> Response {
    guard method == "GET" || method == "HEAD" else {
      var refusal = Response(.methodNotAllowed, problem: "Ask by GET or HEAD.")
      refusal.headers.append((name: "Allow", value: "GET, HEAD"))
      return refusal
    }
    var response = answer()
    if method == "HEAD" { response.body = [] }
    return response
  }
}
