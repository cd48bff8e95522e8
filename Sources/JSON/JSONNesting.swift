/// How deep a JSON text is nested, which has to be known before it is decoded.
///
/// Foundation's decoder crashes on a text that ends just behind its 513th opening bracket, and takes
/// time that grows with depth × length. So whatever comes from outside is measured first.
package enum JSONNesting {
  /// Deeper than anything that is read here. A text beyond it is taken for no JSON.
  package static let limit = 64

  /// Whether a text may be decoded at all. The decoder would also read UTF-16, which cannot be
  /// measured byte by byte.
  package static func isSafe(_ json: ArraySlice<UInt8>) -> Bool {
    !json.contains(0) && String(validating: json, as: UTF8.self) != nil && depth(of: json) <= limit
  }

  /// The greatest number of brackets and braces that are open at once, outside of strings.
  package static func depth(of json: ArraySlice<UInt8>) -> Int {
    var (depth, deepest) = (0, 0)
    var (isString, isEscaped) = (false, false)
    for byte in json {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\"") {
        isString.toggle()
      } else if isString {
        isEscaped = byte == UInt8(ascii: "\\")
      } else if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") {
        depth += 1
        deepest = max(deepest, depth)
      } else if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
        depth -= 1
      }
    }
    return deepest
  }
}
