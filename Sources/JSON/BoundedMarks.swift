/// The bound on marks in a row that makes comparing texts linear in their length.
///
/// Swift compares, hashes and orders texts by canonical equivalence, for which it sorts each run of
/// marks: 200 kB of them took 9 s. Unicode's Stream-Safe Text Format (UAX #15 §13) has the same bound
/// for the same reason; no language needs as many.
package enum BoundedMarks {
  /// How many marks may follow each other.
  package static let most = 30
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
