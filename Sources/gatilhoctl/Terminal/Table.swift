/// Rows under a heading, each column as wide as its widest cell, within reason.
struct Table {
  private let heading: [String]
  private let limit: Int

  /// A table with these columns, each of at most `limit` characters.
  init(_ heading: [String], limit: Int = 40) {
    self.heading = heading
    self.limit = limit
  }

  /// Prints the rows; what is too long for its column ends in `…`.
  func print(_ rows: [[String]]) {
    let all = [heading] + rows.map { $0.map(shortened) }
    let widths = heading.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    for row in all {
      let cells = zip(row, widths).map { $0.padded(to: $1) }.joined(separator: "  ")
      Swift.print(String(cells.trimmingSuffix { $0 == " " }))
    }
  }

  private func shortened(_ cell: String) -> String {
    let line = cell.harmless
    return line.count > limit ? line.prefix(limit - 1) + "…" : line
  }
}

extension StringProtocol {
  fileprivate func trimmingSuffix(_ isTrimmed: (Character) -> Bool) -> SubSequence {
    var end = endIndex
    while end > startIndex, isTrimmed(self[index(before: end)]) { end = index(before: end) }
    return self[..<end]
  }
}
