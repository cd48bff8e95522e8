import FoundationEssentials
import JSON

/// A request to Gupy's configuration API as it came over HTTP/1.1.
struct GupyAPIRequest {
  let method: String
  /// What stands behind `/webhooks/`.
  let id: String?
  /// What `Authorization` carries behind `Bearer `.
  let token: String?
  private let query: [URLQueryItem]
  private let body: JSONValue?

  /// Nil for what is not below `/webhooks`.
  init?(_ text: String) {
    guard let end = text.firstRange(of: "\r\n\r\n"),
      let parts = URLComponents(string: String(text.split(separator: " ").dropFirst().first ?? ""))
    else { return nil }
    let path = parts.path.split(separator: "/").drop { $0 != "webhooks" }
    guard 1...2 ~= path.count else { return nil }
    method = String(text.prefix { $0 != " " })
    id = path.dropFirst().first.map(String.init)
    query = parts.queryItems ?? []
    let lines = text[..<end.lowerBound].split(separator: "\r\n")
    let prefix = "Authorization: Bearer "
    token = lines.first { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    body = JSONValue(Array(text[end.upperBound...].utf8))
  }

  /// A number of the query.
  func number(_ name: String) -> Int? {
    query.first { $0.name == name }?.value.flatMap { Int($0) }
  }

  /// The webhook that a body describes, where nothing is missing and its address is HTTPS.
  var webhook: [String: JSONValue]? {
    guard case .object(let members) = body else { return nil }
    let texts = ["action", "status", "postbackUrl", "techOwnerName", "techOwnerEmail"].map {
      members[$0]?.text
    }
    return texts.contains(nil) || texts[2]?.hasPrefix("https://") != true ? nil : members
  }

  /// What the webhook would send in `Authorization`: an API that quotes it is met sooner or later.
  var secret: String {
    body.flatMap { JSONPointer("/clientHeaders/Authorization")?.value(in: $0)?.text } ?? ""
  }
}
