import HTTPClient
import JSON

/// One call that failed, and what that allows.
struct Failure: Error {
  let error: GupyAPIError
  /// Nil when there was none.
  let answer: HTTPResponse?

  /// Without a whole answer.
  init(_ error: HTTPError) {
    answer = nil
    switch error {
    case .notSent(let reason), .noAnswer(let reason): self.error = .unreachable(reason)
    }
  }

  /// With an answer that is no success.
  ///
  /// - Parameter hidden: what Gupy's words must not show.
  init(_ answer: HTTPResponse, hiding hidden: [String]) {
    self.answer = answer
    let words = answer.words(hiding: hidden)
    error =
      switch answer.status {
      // The API sends nobody elsewhere: this is a gateway, or a page to log in at.
      case 300..<400: .unreadable
      case 401: .unauthorized
      case 403: .forbidden
      case 404: .notFound
      case 409: .conflict(words)
      case 429: .busy(seconds: answer.secondsToWait())
      case 500...: .failing(answer.status)
      default: .refused(answer.status, words)
      }
  }

  /// Whether it may go better in a while.
  var isPassing: Bool {
    switch error {
    case .busy, .failing, .unreachable: true
    case .unauthorized, .forbidden, .notFound, .conflict, .refused, .unreadable: false
    }
  }

  /// Whether what was asked for may be there all the same.
  var mayHaveWorked: Bool {
    if case .conflict = error { true } else { isPassing }
  }

  /// Seconds that the other side asks to wait.
  var asked: Int? { answer?.secondsToWait() }
}

extension HTTPResponse {
  /// Behind the status, Gupy's `title` and `detail`: `, Bad Request: postbackUrl must be https`. One
  /// line of a length that can be read.
  fileprivate func words(hiding hidden: [String]) -> String {
    guard let document = JSONValue(body) else { return "" }
    let words = ["/title", "/detail"].compactMap { document.at($0)?.text }
    let text = hidden.reduce(words.joined(separator: ": ")) {
      $0.replacing($1, with: "HIDDEN")
    }
    let line = text.unicodeScalars.prefix(300).map {
      $0.properties.generalCategory == .control ? " " : String($0)
    }
    return line.isEmpty ? "" : ", " + line.joined()
  }
}
