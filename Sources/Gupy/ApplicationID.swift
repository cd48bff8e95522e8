import JSON

/// Gupy's number of one application, 0…2^63−1; in JSON a string of digits without leading zeros.
package struct ApplicationID: Hashable, Sendable, CustomStringConvertible {
  /// Never negative.
  package let number: Int64

  /// Reads ASCII digits, with leading zeros or without, and with white space around them; nil for
  /// anything else and for a number beyond 2^63−1.
  package init?(_ text: String) {
    guard let number = Int64(digits: text) else { return nil }
    self.number = number
  }

  /// A number, 0…2^63−1; nil for a negative one.
  package init?(_ number: Int64) {
    guard number >= 0 else { return nil }
    self.number = number
  }

  /// The digits without leading zeros.
  package var description: String { String(number) }
}

extension ApplicationID: JSONConvertible {
  /// From its digits, a string in JSON.
  package init(json: JSONNode) throws(JSONMismatch) {
    self = try json.text.flatMap(Self.init).orMismatch
  }

  package func write(to json: inout JSONWriter) { json.write(description) }
}
