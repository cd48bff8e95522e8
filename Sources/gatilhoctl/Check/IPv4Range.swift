/// Addresses of IPv4 as nginx's `geo` has them: one, or `192.0.2.0/24`.
struct IPv4Range {
  private let network: UInt32
  private let bits: Int

  /// Nil when the text is neither.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let network = Self.address(parts[0]) else { return nil }
    guard let bits = parts.count == 2 ? Int(parts[1]) : 32, 0...32 ~= bits else { return nil }
    (self.network, self.bits) = (network, bits)
  }

  /// Whether an address is one of them.
  func contains(_ text: String) -> Bool {
    Self.address(text[...]).map { $0 >> (32 - bits) == network >> (32 - bits) } ?? false
  }

  private static func address(_ text: Substring) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let bytes = parts.compactMap { UInt8($0) }
    guard parts.count == 4, bytes.count == 4 else { return nil }
    return bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }
}
