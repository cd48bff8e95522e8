import Glibc

/// Rows under a heading, each column as wide as its widest cell, within reason and, on a terminal,
/// within its width.
struct Table {
  let heading: [String]
  /// No column is wider than this, in characters.
  var limit = 40

  private static let gap = "  "
  /// No column is made narrower than this.
  private static let leastWidth = 6

  /// Prints the rows; what is too long for its column ends in `…`.
  func print(_ rows: [[String]]) {
    let all = [heading] + rows.map { $0.map(\.harmless) }
    let widths = fitting(
      heading.indices.map { column in min(limit, all.map { $0[column].count }.max() ?? 0) })
    for row in all {
      var line = zip(row, widths).map { $0.shortened(to: $1).padded(to: $1) }
        .joined(separator: Self.gap)
      while line.last == " " { line.removeLast() }
      Swift.print(line)
    }
  }

  /// Takes from the widest column, a character at a time, until a line fits.
  private func fitting(_ widths: [Int]) -> [Int] {
    guard let width = Self.terminalWidth else { return widths }
    var widths = widths
    let gaps = Self.gap.count * (widths.count - 1)
    while widths.reduce(gaps, +) > width,
      let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > Self.leastWidth
    {
      widths[widest] -= 1
    }
    return widths
  }

  /// Standard output's, in characters; nil for a file or a pipe.
  private static var terminalWidth: Int? {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }
}

extension String {
  /// The text with spaces behind it, at least `width` characters.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  fileprivate func shortened(to width: Int) -> String {
    count > width ? prefix(max(0, width - 1)) + "…" : self
  }
}
