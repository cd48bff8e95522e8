/// What a string of a JSON text says, as far as it can be read, with at most `BoundedMarks.most` marks
/// in a row: comparing and folding it takes a time that is linear in its length.
package struct JSONText: Sendable {
  /// Without the characters that cannot be read.
  package let text: String
  /// Whether there were none of these.
  package let isWhole: Bool
  /// How many bytes of UTF-8 it had before any marks were taken away.
  package let length: Int

  /// The text; nil when something in it could not be read.
  package var whole: String? { isWhole ? text : nil }

  /// A text in which nothing is broken, and that has no long run of marks.
  init(plain: String) {
    (text, isWhole, length) = (plain, true, plain.utf8.count)
  }

  /// Reads a text whose escapes are resolved.
  init(_ bytes: [UInt8], isWhole: Bool) {
    let valid = String(validating: bytes, as: UTF8.self)
    let readable = valid ?? Self.withoutBroken(bytes)
    text = BoundedMarks.bound(readable)
    self.isWhole = isWhole && valid != nil
    length = readable.utf8.count
  }

  /// Reads what may be a piece of a JSON text, or anything else, with its escapes resolved.
  package init(piece bytes: [UInt8]) {
    self = bytes.map { max($0, 0x20) }.withUnsafeBufferPointer(JSONEscapes.text)
  }

  /// Unlike `String(decoding:as:)` it puts nothing into the place of what is not UTF-8.
  private static func withoutBroken(_ bytes: [UInt8]) -> String {
    var (text, decoder, iterator) = (String.UnicodeScalarView(), UTF8(), bytes.makeIterator())
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): text.append(scalar)
      case .error: continue
      case .emptyInput: return String(text)
      }
    }
  }
}

extension ArraySlice<UInt8> {
  /// The text without the byte order mark that an editor, or something on the way, has put before it;
  /// RFC 8259 §8.1 lets a reader skip it.
  package var withoutByteOrderMark: Self {
    starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self
  }
}
