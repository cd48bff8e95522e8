import HTTPClient

/// A secret that nobody can guess.
package enum FreshSecret {
  /// 32 bytes of the system's generator as base64url without padding (RFC 4648 §5): 43 characters
  /// that no header, shell or file minds.
  package static func make() -> String {
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    return bytes.base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
}
