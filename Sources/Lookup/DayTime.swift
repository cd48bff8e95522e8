extension String {
  /// Where in its day a moment is, in milliseconds; nil for what is written in any other form than the
  /// journal's: `2026-03-04T18:30:12.345Z`.
  var timeOfDay: Int? {
    var text = self
    return text.withUTF8 { $0.timeOfDay }
  }

  /// Whether it is a moment as the journal writes it.
  var isMoment: Bool { timeOfDay != nil }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate var timeOfDay: Int? {
    guard hasForm else { return nil }
    let (hour, minute, second) = (pair(11), pair(14), pair(17))
    guard hour < 24, minute < 60, second < 60 else { return nil }
    return ((hour * 60 + minute) * 60 + second) * 1_000 + Int(self[20] - zero) * 100 + pair(21)
  }

  /// Whether a digit stands for each zero, and everything else where it stands.
  private var hasForm: Bool {
    let form: StaticString = "0000-00-00T00:00:00.000Z"
    guard count == form.utf8CodeUnitCount else { return false }
    for index in indices {
      let sign = form.utf8Start[index]
      guard sign == zero ? self[index] &- zero < 10 : self[index] == sign else { return false }
    }
    return true
  }

  private func pair(_ index: Int) -> Int {
    Int(self[index] - zero) * 10 + Int(self[index + 1] - zero)
  }
}

private let zero = UInt8(ascii: "0")
