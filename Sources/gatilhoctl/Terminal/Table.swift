import Glibc

/// Rows under a heading, each column as wide as its widest cell, within reason and, on a terminal,
/// within its width.
struct Table {
  private let heading: [String]
  private let limit: Int
  private let width: Int?

  /// What stands between two columns.
  private static let gap = "  "
  /// No column is made narrower than this.
  private static let leastWidth = 6

  /// A table with these columns, each of at most `limit` characters.
  ///
  /// - Parameter width: how wide a line may be; nil for any.
  init(_ heading: [String], limit: Int = 40, width: Int? = Terminal.width) {
    (self.heading, self.limit, self.width) = (heading, limit, width)
  }

  /// Prints the rows; what is too long for its column ends in `…`.
  func print(_ rows: [[String]]) {
    for line in lines(rows) { Swift.print(line) }
  }

  /// The lines of the table.
  func lines(_ rows: [[String]]) -> [String] {
    let all = [heading] + rows.map { $0.map(\.harmless) }
    let widths = fitting(
      heading.indices.map { column in min(limit, all.map { $0[column].count }.max() ?? 0) })
    return all.map { row in
      let cells = zip(row, widths).map { $0.shortened(to: $1).padded(to: $1) }
      return String(cells.joined(separator: Self.gap).trimmingSuffix { $0 == " " })
    }
  }

  /// Takes from the widest column, a character at a time, until a line fits.
  private func fitting(_ widths: [Int]) -> [Int] {
    guard let width else { return widths }
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
}

/// Standard output, where it is one.
enum Terminal {
  /// Its width in characters; nil for a file or a pipe.
  static var width: Int? {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }
}

extension StringProtocol {
  fileprivate func shortened(to width: Int) -> String {
    count > width ? prefix(Swift.max(0, width - 1)) + "…" : String(self)
  }

  fileprivate func trimmingSuffix(_ isTrimmed: (Character) -> Bool) -> SubSequence {
    var end = endIndex
    while end > startIndex, isTrimmed(self[index(before: end)]) { end = index(before: end) }
    return self[..<end]
  }
}
