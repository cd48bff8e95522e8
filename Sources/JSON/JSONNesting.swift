/// How deep a JSON text may be nested, and whether one in JSON5 is.
///
/// Foundation's decoder, which reads JSON5, crashes on a text that ends just behind its 513th opening
/// bracket, and takes time that grows with depth × length: so what it is given is measured first.
package enum JSONNesting {
  /// Deeper than anything that is read here. A text beyond it is taken for no JSON.
  package static let limit = 64

  /// Whether a text in JSON5 may be given to Foundation's decoder at all. It would also read UTF-16,
  /// which cannot be measured byte by byte.
  static func isSafe(json5: ArraySlice<UInt8>) -> Bool {
    !json5.contains(0) && String(validating: json5, as: UTF8.self) != nil
      && depth(of: json5) <= limit
  }

  /// The greatest number of brackets and braces that are open at once, outside of strings and
  /// comments.
  private static func depth(of json5: ArraySlice<UInt8>) -> Int {
    var scanner = BracketScanner()
    for byte in json5 { scanner.read(byte) }
    return scanner.deepest
  }
}
