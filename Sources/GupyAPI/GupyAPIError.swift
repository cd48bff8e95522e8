import HTTPClient
import JSON

/// Why Gupy's API did not do what it was asked, with what a person can do about it.
/// Holds neither token nor secret.
package enum GupyAPIError: Error, Equatable, Sendable, CustomStringConvertible {
  /// 401.
  case unauthorized
  /// 403.
  case forbidden
  /// 404.
  case notFound
  /// 409, in Gupy's words.
  case conflict(String)
  /// 429, after all tries, or at once when Gupy asks for more patience than a command has.
  case busy(seconds: Int?)
  /// 500 and above, after all tries.
  case failing(Int, seconds: Int? = nil)
  /// No whole answer, after all tries, in the library's words.
  case unreachable(String)
  /// Any other status, in Gupy's words.
  case refused(Int, String)
  /// 200 with something that is no list of webhooks.
  case unreadable

  package var description: String {
    switch self {
    case .unauthorized:
      "Gupy does not know the token (401): make a new one in Gupy's advanced settings and put it"
        + " where gupy.token points"
    case .forbidden:
      "Gupy forbids it to the token (403): it needs the permissions to configure, list, update and"
        + " delete webhooks configurations"
    case .notFound:
      "Gupy finds nothing there (404): see gatilhoctl webhooks list, and whether gupy.baseURL is"
        + " right"
    case .conflict(let words):
      "Gupy has something like it already (409\(words)): see gatilhoctl webhooks list"
    case .busy(let seconds):
      "Gupy asks for patience (429): run it again in \(seconds.map { "\($0) s" } ?? "some minutes")"
    case .failing(let status, _):
      "Gupy fails (\(status)): run it again later, it looks first at what is there"
    case .unreachable(let reason):
      "Gupy cannot be reached (\(reason)): see the network and HTTPS_PROXY, and run it again"
    case .refused(let status, let words):
      "Gupy refuses it (\(status)\(words)): see gupy.url and gupy.techOwner"
    case .unreadable:
      "Gupy answers with something that is no list of webhooks: see gupy.baseURL; nothing is"
        + " changed"
    }
  }
}

extension GupyAPIError {
  /// What an answer that is no success says.
  ///
  /// - Parameter hidden: what Gupy's words must not show.
  init(_ answer: HTTPResponse, hiding hidden: [String]) {
    let words = answer.words(hiding: hidden)
    self =
      switch answer.status {
      // The API sends nobody elsewhere: this is a gateway, or a page to log in at.
      case 300..<400: .unreadable
      case 401: .unauthorized
      case 403: .forbidden
      case 404: .notFound
      case 409: .conflict(words)
      case 429: .busy(seconds: answer.secondsToWait())
      case 500...: .failing(answer.status, seconds: answer.secondsToWait())
      default: .refused(answer.status, words)
      }
  }

  /// Whether it may go better in a while.
  var isPassing: Bool {
    switch self {
    case .busy, .failing, .unreachable: true
    case .unauthorized, .forbidden, .notFound, .conflict, .refused, .unreadable: false
    }
  }

  /// Whether what was asked for may be there all the same.
  var mayHaveWorked: Bool {
    if case .conflict = self { true } else { isPassing }
  }

  /// Seconds that the other side asks to wait.
  var secondsAsked: Int? {
    switch self {
    case .busy(let seconds), .failing(_, let seconds): seconds
    case .unauthorized, .forbidden, .notFound, .conflict, .unreachable, .refused, .unreadable: nil
    }
  }
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
