extension Duration {
  /// Reads `90s`, `15m`, `24h` or `365d`; nil for anything else, and for nothing at all (`0s`).
  package init?(_ text: String) {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
    // A sign is the only thing beside ASCII digits that `Int64` would read.
    guard let unit = text.last.flatMap({ units[$0] }), text.first?.isNumber == true,
      let count = Int64(text.dropLast()), 1...36_500 * 86_400 ~= count
    else { return nil }
    self = .seconds(count * unit)
  }

  /// What `init` reads, in the largest unit that says it in whole numbers: `365d`.
  package var text: String {
    let seconds = components.seconds
    let units: [(name: String, seconds: Int64)] = [("d", 86_400), ("h", 3_600), ("m", 60)]
    let unit = units.first { seconds % $0.seconds == 0 } ?? ("s", 1)
    return "\(seconds / unit.seconds)\(unit.name)"
  }
}
