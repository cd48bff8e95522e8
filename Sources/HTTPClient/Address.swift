/// An absolute address with a host (RFC 3986 §3), in its parts.
///
/// A host is an IP address, or a name of letters, digits and `-._~`: nobody else who reads the same text
/// finds another host in it. White space, control characters and backslashes stand nowhere.
package struct Address: Sendable {
  /// In lower case.
  package let scheme: String
  /// What stands before `@`, a password included.
  package let user: String?
  /// In lower case, without the brackets of an IPv6 address and the dot that a name may end with.
  package let host: String
  /// Host, port and path as they stand.
  package let place: String
  package let query: String?
  package let fragment: String?
  private let port: UInt16?
  private let path: String

  /// Nil for what is none.
  package init?(_ text: String) {
    guard !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }),
      let mark = text.firstRange(of: "://")
    else { return nil }
    scheme = text[..<mark.lowerBound].lowercased()
    var rest = text[mark.upperBound...]
    fragment = rest.cut(at: "#").map(String.init)
    query = rest.cut(at: "?").map(String.init)
    let start = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    path = String(rest[start...])
    let at = rest[..<start].utf8.lastIndex(of: UInt8(ascii: "@"))
    user = at.map { String(rest[..<$0]) }
    let authority = rest[(at.map(rest.utf8.index(after:)) ?? rest.startIndex)..<start]
    place = authority + path
    guard let (host, port) = Self.hostAndPort(authority) else { return nil }
    self.host = host.lowercased()
    self.port = port
  }

  private static func hostAndPort(_ authority: Substring) -> (Substring, UInt16?)? {
    var host = authority
    let isIPv6 = host.utf8.first == UInt8(ascii: "[")
    var port: Substring?
    if isIPv6 {
      host = host.dropFirst()
      guard let behind = host.cut(at: "]"), behind.isEmpty || behind.first == ":",
        IPAddress(String(host)) != nil
      else { return nil }
      port = behind.dropFirst()
    } else {
      port = host.cut(at: ":")
      if host.last == "." { host = host.dropLast() }
      guard !host.isEmpty, host.utf8.allSatisfy(\.isUnreserved) else { return nil }
    }
    guard let port, !port.isEmpty else { return (host, nil) }
    guard port.isDigits, let number = UInt16(port) else { return nil }
    return (host, number)
  }

  /// Whether the host is this machine, by its address or as `localhost`; other names are not looked up.
  package var isLoopback: Bool { host == "localhost" || IPAddress(host)?.isLoopback == true }

  /// Whether two addresses are one text, or lead to the same place: case is of no account in scheme and
  /// host, the port of the scheme may be left out, and so may the slash behind a host (RFC 3986 §6.2).
  package static func areSame(_ one: String, _ other: String) -> Bool {
    one == other || Address(one).map { $0.parts == Address(other)?.parts } ?? false
  }

  private var parts: [String?] {
    let usual: UInt16? = ["https": 443, "http": 80][scheme]
    let port = port == usual ? nil : port
    return [
      scheme, user, host, port.map(String.init), path.isEmpty ? "/" : path, query, fragment,
    ]
  }
}

extension Substring {
  /// Takes off what stands behind the first such mark, and the mark; nil where there is none.
  fileprivate mutating func cut(at mark: Unicode.Scalar) -> Substring? {
    guard let index = utf8.firstIndex(of: UInt8(ascii: mark)) else { return nil }
    defer { self = self[..<index] }
    return self[utf8.index(after: index)...]
  }
}
