import FoundationEssentials

/// Whether two addresses are one: scheme and host are compared without regard to case, the port of
/// the scheme may be left out, and so may the slash behind a host (RFC 3986 §6.2).
enum SameAddress {
  /// Whether both lead to the same place.
  static func holds(_ one: String, _ other: String) -> Bool {
    one == other || normal(one).map { $0 == normal(other) } ?? false
  }

  /// The host in lower case, without the dot that a name may end with; nil for no address.
  static func host(_ url: String) -> String? {
    guard let host = URLComponents(string: url)?.host?.lowercased(), !host.isEmpty else {
      return nil
    }
    return host.hasSuffix(".") ? String(host.dropLast()) : host
  }

  private static func normal(_ url: String) -> String? {
    guard var parts = URLComponents(string: url), let host = host(url) else { return nil }
    parts.scheme = parts.scheme?.lowercased()
    parts.host = host
    if parts.scheme == "https", parts.port == 443 { parts.port = nil }
    if parts.path.isEmpty { parts.path = "/" }
    return parts.string
  }
}
