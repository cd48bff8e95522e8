/// Gupy's number of one application, 0…2^63−1; in JSON a string of digits without leading zeros.
package struct ApplicationID: Codable, Hashable, Sendable, CustomStringConvertible {
  /// Never negative.
  package let number: Int64

  /// Reads ASCII digits, with leading zeros or without, and with white space around them; nil for
  /// anything else and for a number beyond 2^63−1.
  package init?(_ text: String) {
    guard let number = Int64(digits: text) else { return nil }
    self.number = number
  }

  /// Throws `DecodingError.dataCorrupted` unless a string of digits stands there.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let id = Self(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected the digits of an application id")
    }
    self = id
  }

  /// Writes the digits as a string.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// The digits without leading zeros.
  package var description: String { String(number) }
}
