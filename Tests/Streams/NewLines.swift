/// What one delivery has written behind the lines that stood in a file.
struct NewLines {
  /// Where each line ends, counted from the first.
  private let ends: [Int]
  private let attempt: Int?

  /// Keys are sorted: the time comes first, then the attempt.
  private static let time = #"{"at":"2026-03-04T18:30:12.345Z","#.utf8.count
  private static let key = Array(#""attempt":"#.utf8)

  init(_ bytes: ArraySlice<UInt8>) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    ends = lines.map { $0.endIndex + 1 - bytes.startIndex }
    attempt = lines.firstIndex { $0.dropFirst(Self.time).starts(with: Self.key) }
  }

  var count: Int { ends.count }

  /// The bytes up to the end of the attempt; 0 without one.
  var lengthToAttempt: Int { attempt.map { ends[$0] } ?? 0 }

  /// How many bytes a kill leaves: whole lines and a part of the next one, but nothing of what
  /// came of a message that had not left.
  func length(after crash: Crash) -> Int {
    let whole = crash.whole(of: ends.count, attempt: attempt)
    let start = whole == 0 ? 0 : ends[whole - 1]
    guard whole < ends.count, whole != attempt.map({ $0 + 1 }) || crash.isSent else { return start }
    return start + Int(crash.torn * Double(ends[whole] - start))
  }
}
