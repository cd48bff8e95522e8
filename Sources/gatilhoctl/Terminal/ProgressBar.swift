import Glibc

/// How far long work has come, on a terminal's standard error; nothing anywhere else.
struct ProgressBar {
  private let isShown = isatty(STDERR_FILENO) == 1
  private static let width = 30

  /// Draws the bar over the one before: `██████░░░░ 12/40`.
  func show(_ done: Int, of total: Int) {
    guard isShown, total > 0 else { return }
    let filled = Self.width * done / total
    let bar =
      String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
    write("\r\(bar) \(done)/\(total)")
  }

  /// Takes the bar away, so that a line can be printed.
  func clear() {
    if isShown { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }
}
