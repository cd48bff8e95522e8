/// How deep a JSON text is nested, which has to be known before it is decoded.
///
/// Foundation's decoder crashes on a text that ends just behind its 513th opening bracket, and takes
/// time that grows with depth × length. So whatever comes from outside is measured first.
package enum JSONNesting {
  /// Deeper than anything that is read here. A text beyond it is taken for no JSON.
  package static let limit = 64

  /// Whether a text may be decoded at all. The decoder would also read UTF-16, which cannot be
  /// measured byte by byte.
  package static func isSafe(_ json: ArraySlice<UInt8>, allowsJSON5: Bool = false) -> Bool {
    !json.contains(0) && String(validating: json, as: UTF8.self) != nil
      && depth(of: json, allowsJSON5: allowsJSON5) <= limit
  }

  /// The greatest number of brackets and braces that are open at once, outside of strings and
  /// comments.
  package static func depth(of json: ArraySlice<UInt8>, allowsJSON5: Bool = false) -> Int {
    var scanner = BracketScanner(allowsJSON5: allowsJSON5)
    for byte in json { scanner.read(byte) }
    return scanner.deepest
  }
}
