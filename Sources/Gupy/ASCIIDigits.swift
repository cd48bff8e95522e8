extension UInt8 {
  /// Whether this byte of UTF-8 is one of `0` to `9`; the digits of other scripts are not meant.
  var isASCIIDigit: Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= self
  }
}

extension Int64 {
  /// Reads ASCII digits, with white space around them; nil for anything else, also for the signs
  /// that `Int64(_:)` takes, and beyond 2^63−1.
  init?(digits text: String) {
    let rest = text.unicodeScalars.drop(while: \.isWhiteSpace)
    guard let last = rest.lastIndex(where: { !$0.isWhiteSpace }) else { return nil }
    let digits = Substring(rest[...last])
    guard digits.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
    self.init(digits)
  }
}
