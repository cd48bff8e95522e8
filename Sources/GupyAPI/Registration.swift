import HTTPClient
import JSON

/// One webhook as Gupy's configuration API shows it. What it does not show is nil and says nothing.
package struct Registration: Equatable, Sendable {
  /// Digits, or whatever else Gupy takes for a name.
  package let id: String
  /// Which event it is for: `application.created`.
  package let action: String
  /// Where Gupy posts to.
  package let url: String
  /// `active` or `inactive`.
  package let status: String?
  /// Whom Gupy asks when the address fails.
  package let ownerName: String?
  /// Where Gupy writes to when the address fails.
  package let ownerEmail: String?
  /// What Gupy sends along, by lowercased name. Holds the secret.
  let headers: [String: String]?

  /// Nil for what lacks an id, an action or an address. Unknown members are ignored.
  package init?(_ value: JSONValue) {
    guard case .object(let members) = value, let id = members["id"]?.text,
      let action = members["action"]?.text, let url = members["postbackUrl"]?.text
    else { return nil }
    self.id = id
    self.action = action
    self.url = url
    status = members["status"]?.text
    ownerName = members["techOwnerName"]?.text
    ownerEmail = members["techOwnerEmail"]?.text
    headers = members["clientHeaders"]?.headers
  }

  /// Whether Gupy posts to it, as far as it says.
  package var isActive: Bool { status.map { $0.lowercased() == "active" } ?? true }

  /// Whether it brings an event that gatilho answers to this address.
  package func isOurs(at address: String) -> Bool {
    WantedRegistration.actions.contains(action) && Address.areSame(url, address)
  }

  /// Whether Gupy shows what it sends along.
  package var showsHeaders: Bool { headers != nil }

  /// The address for a person's eyes: another system's may hold a password or a key.
  package var shownURL: String {
    guard let parts = Address(url) else { return url.isEmpty ? "" : "(no address)" }
    let user = parts.user == nil ? "" : "…@"
    return parts.scheme + "://" + user + parts.place + (parts.query == nil ? "" : "?…")
  }
}

extension JSONValue {
  /// Header fields by lowercased name; nil where there are none to see.
  fileprivate var headers: [String: String]? {
    guard case .object(let members) = self else { return nil }
    return Dictionary(members.map { ($0.key.lowercased(), $0.value.text ?? "") }) { $1 }
  }
}
