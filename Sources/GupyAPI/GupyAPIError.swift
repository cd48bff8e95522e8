/// Why Gupy's configuration API did not do what it was asked, with what a person can do about it.
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
  case failing(Int)
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
    case .failing(let status):
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
