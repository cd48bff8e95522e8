/// Why a body is no webhook. It never carries a value of the body.
package enum PayloadError: Error, Equatable, Sendable {
  /// The body is not JSON (RFC 8259), however it is packed and encoded.
  case notJSON
  /// The body is JSON, but at `path` (as Gupy spells it; empty for the whole body) there is not
  /// what every event has; `expected` says in short English what that is.
  case notAnEvent(path: String, expected: String)
}

extension PayloadError: CustomStringConvertible {
  /// A few words for the operator.
  package var description: String {
    switch self {
    case .notJSON: "not JSON"
    case .notAnEvent(let path, let expected): "\(path): expected \(expected)"
    }
  }
}
