/// Where in its day a moment is, as the journal writes it: `2026-03-04T18:30:12.345Z`.
enum DayTime {
  /// The moment in milliseconds of its day; nil for what is written in any other form.
  static func milliseconds(of at: UnsafeRawBufferPointer) -> Int? {
    guard hasForm(at) else { return nil }
    let (hour, minute, second) = (pair(at, 11), pair(at, 14), pair(at, 17))
    guard hour < 24, minute < 60, second < 60 else { return nil }
    let rest = Int(at[20] - zero) * 100 + pair(at, 21)
    return ((hour * 60 + minute) * 60 + second) * 1_000 + rest
  }

  private static let zero = UInt8(ascii: "0")

  /// Whether a digit stands for each zero, and everything else where it stands.
  private static func hasForm(_ at: UnsafeRawBufferPointer) -> Bool {
    let form: StaticString = "0000-00-00T00:00:00.000Z"
    guard at.count == form.utf8CodeUnitCount else { return false }
    for index in 0..<at.count {
      let sign = form.utf8Start[index]
      guard sign == zero ? at[index] &- zero < 10 : at[index] == sign else { return false }
    }
    return true
  }

  private static func pair(_ at: UnsafeRawBufferPointer, _ index: Int) -> Int {
    Int(at[index] - zero) * 10 + Int(at[index + 1] - zero)
  }
}

extension String {
  /// Whether it is a moment as the journal writes it.
  var isMoment: Bool { Array(utf8).withUnsafeBytes { DayTime.milliseconds(of: $0) != nil } }
}
