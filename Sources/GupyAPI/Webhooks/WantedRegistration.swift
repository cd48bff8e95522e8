import HTTPClient
import JSON

/// One webhook as the configuration wants it.
package struct WantedRegistration: Equatable, Sendable {
  package let action: String
  package let url: String
  let secret: String
  let ownerName: String
  let ownerEmail: String

  /// The actions that gatilho knows how to answer.
  package static let actions = ["application.created", "application.moved"]

  /// The webhooks for both actions.
  ///
  /// - Parameter secret: what Gupy is to send in `Authorization`.
  package static func all(
    url: String, secret: String, owner: (name: String, email: String)
  ) -> [WantedRegistration] {
    actions.map {
      WantedRegistration(
        action: $0, url: url, secret: secret, ownerName: owner.name, ownerEmail: owner.email)
    }
  }

  /// A secret that nobody can guess: 43 of the 64 letters of base64url (RFC 4648 §5), which no header,
  /// shell or file minds, chosen by the system's generator.
  package static func freshSecret() -> String {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return String((0..<43).compactMap { _ in letters.randomElement() })
  }

  /// The whole webhook, for POST and PUT alike. `Content-Type` is among the headers because Gupy
  /// drops its own as soon as one header is configured.
  var body: JSONValue {
    [
      "action": .string(action), "status": "active", "postbackUrl": .string(url),
      "clientHeaders": [
        "Authorization": .string(secret), "Content-Type": "application/json",
      ],
      "techOwnerName": .string(ownerName), "techOwnerEmail": .string(ownerEmail),
    ]
  }

  /// Whether a webhook has this action and address.
  package func isThere(_ registration: Registration) -> Bool {
    registration.action == action && registration.isOurs(at: url)
  }

  /// What Gupy shows otherwise. What it does not show, or hides behind asterisks, does not differ.
  func differences(from registration: Registration) -> [Difference] {
    var found: [Difference] = []
    if !Address.areSame(registration.url, url) { found.append(.url(registration.shownURL)) }
    if !registration.isActive { found.append(.status) }
    let owners = [(registration.ownerName, ownerName), (registration.ownerEmail, ownerEmail)]
    if owners.contains(where: { $0 != nil && $0 != $1 }) { found.append(.owner) }
    guard let headers = registration.headers else { return found }
    let authorization = headers["authorization"] ?? ""
    if !authorization.isMasked, ![secret, "Bearer \(secret)"].contains(authorization) {
      found.append(.secret)
    }
    let type = headers["content-type"] ?? ""
    if !type.isMasked, !type.lowercased().hasPrefix("application/json") {
      found.append(.contentType)
    }
    return found
  }
}

/// In what a webhook at Gupy is otherwise than the configuration says.
package enum Difference: Equatable, Sendable, CustomStringConvertible {
  /// Gupy posts to this address instead.
  case url(String)
  case status
  case owner
  case secret
  case contentType

  /// For a person. No secret.
  package var description: String {
    switch self {
    case .url(let url): "address was \(url)"
    case .status: "was inactive"
    case .owner: "other technical owner"
    case .secret: "Authorization"
    case .contentType: "Content-Type"
    }
  }
}

extension String {
  /// `********`: a value that is hidden.
  fileprivate var isMasked: Bool { !isEmpty && allSatisfy { $0 == "*" || $0 == "•" } }
}
