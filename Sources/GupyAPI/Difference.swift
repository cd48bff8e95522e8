/// In what a webhook at Gupy is otherwise than the configuration says.
package enum Difference: Equatable, Sendable, CustomStringConvertible {
  /// Gupy posts to this address instead.
  case url(String)
  /// Gupy has it, and posts nothing.
  case status
  /// Another person is asked when the address fails.
  case owner
  /// `Authorization` carries another secret, or none.
  case secret
  /// `Content-Type` is not JSON's.
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
