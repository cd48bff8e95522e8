/// A body in UTF-8, whatever the sender, or something between, has made of it: packed by gzip, in
/// UTF-16, or in Windows-1252, which is Latin-1 with quotation marks and dashes.
///
/// `Content-Type` and `Content-Encoding` are not asked: Gupy's are not to be relied on, and the bytes
/// tell it themselves. What is none of these stays as it is.
package struct BodyText: Sendable {
  /// The text. Half a surrogate pair has become a byte that is not UTF-8.
  package let utf8: [UInt8]

  /// Reads a body of up to `Gzip.longest` bytes when unpacked.
  package init(_ body: [UInt8]) {
    let bytes = Gzip.isMember(body) ? Gzip.contents(of: body) ?? body : body
    utf8 = Self.fromUTF16(bytes) ?? Windows1252.utf8(bytes) ?? bytes
  }

  /// Nil for what is not UTF-16: it begins with a byte order mark, or, as JSON begins with ASCII, its
  /// first or second byte is 0 (RFC 4627 §3).
  private static func fromUTF16(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count >= 2, bytes.count.isMultiple(of: 2) else { return nil }
    switch (bytes[0], bytes[1]) {
    case (0xFF, 0xFE): return utf8(bytes.dropFirst(2), low: 0)
    case (0xFE, 0xFF): return utf8(bytes.dropFirst(2), low: 1)
    case (0, 1...): return utf8(bytes[...], low: 1)
    case (1..., 0): return utf8(bytes[...], low: 0)
    default: return nil
    }
  }

  /// - Parameter low: which of a unit's two bytes is the lower one.
  private static func utf8(_ bytes: ArraySlice<UInt8>, low: Int) -> [UInt8] {
    let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { index in
      UInt16(bytes[index + 1 - low]) << 8 | UInt16(bytes[index + low])
    }
    var (text, decoder, iterator) = ([UInt8](), UTF16(), units.makeIterator())
    text.reserveCapacity(units.count)
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): text += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      case .error: text.append(0xFF)
      case .emptyInput: return text
      }
    }
  }
}
