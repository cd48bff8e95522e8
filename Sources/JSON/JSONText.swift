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

  /// Reads what stands between two quotes.
  init(escaped: UnsafeBufferPointer<UInt8>, isJSON5: Bool) {
    let (bytes, isWhole) = JSONEscapes.resolve(escaped, isJSON5: isJSON5)
    let valid = String(validating: bytes, as: UTF8.self)
    let readable = valid ?? Self.withoutBroken(bytes)
    text = BoundedMarks.bound(readable)
    self.isWhole = isWhole && valid != nil
    length = readable.utf8.count
  }

  /// Reads what may be a piece of a JSON text, or anything else, with its escapes resolved.
  package init(piece bytes: [UInt8]) {
    self = bytes.map { max($0, 0x20) }.withUnsafeBufferPointer {
      JSONText(escaped: $0, isJSON5: false)
    }
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

/// The bound on marks in a row that makes comparing texts linear in their length.
///
/// Swift compares, hashes and orders texts by canonical equivalence, for which it sorts each run of
/// marks: 200 kB of them took 9 s. Unicode's Stream-Safe Text Format (UAX #15 §13) has the same bound
/// for the same reason; no language needs as many.
package enum BoundedMarks {
  /// How many marks may follow each other.
  static let most = 30
  /// The fewest bytes of UTF-8 that can hold as many.
  static let shortest = 60

  /// The text without those marks of a run that are too many.
  package static func bound(_ text: String) -> String {
    guard mayExceed(text.utf8) else { return text }
    var (bounded, run) = (String.UnicodeScalarView(), 0)
    for scalar in text.unicodeScalars {
      run = isMark(scalar) ? run + 1 : 0
      if run <= most { bounded.append(scalar) }
    }
    return String(bounded)
  }

  private static func mayExceed(_ bytes: String.UTF8View) -> Bool {
    var run = 0
    for byte in bytes {
      run = byte < 0x80 ? 0 : run + 1
      if run > shortest { return true }
    }
    return false
  }

  /// Whether the scalar takes part in sorting; three do that are no marks, but become two (UAX #15
  /// §13.1).
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x300 else { return false }
    return scalar.properties.canonicalCombiningClass != .notReordered
      || [0x0F73, 0x0F75, 0x0F81].contains(scalar.value)
  }
}

extension ArraySlice<UInt8> {
  /// The text without the byte order mark that an editor, or something on the way, has put before it;
  /// RFC 8259 §8.1 lets a reader skip it.
  package var withoutByteOrderMark: Self {
    starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self
  }
}
