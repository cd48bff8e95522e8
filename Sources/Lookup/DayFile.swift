import Glibc
import Journal

/// One file of the day index, read backwards: it stands on a line, and goes to the one before.
final class DayFile {
  /// The line on which it stands.
  private(set) var line: DayLine
  private let file: File
  /// What is read and not used yet; it ends where the last used line began.
  private var bytes: [UInt8] = []
  /// Where in the file `bytes` begin.
  private var start: Int

  private static let chunk = 65_536

  /// Stands on the file's last line; nil when none can be read.
  init?(_ path: String) throws(JournalError) {
    let file = try File(path, O_RDONLY)
    var (bytes, start) = ([UInt8](), try file.size())
    guard let line = try Self.lineBefore(&bytes, &start, file) else { return nil }
    self.line = line
    self.file = file
    self.bytes = bytes
    self.start = start
  }

  /// Goes to the line before; false when there is none.
  func advance() throws(JournalError) -> Bool {
    guard let earlier = try Self.lineBefore(&bytes, &start, file) else { return false }
    line = earlier
    return true
  }

  /// Takes the last line that can be read off the bytes, and reads more of the file for it.
  private static func lineBefore(
    _ bytes: inout [UInt8], _ start: inout Int, _ file: borrowing File
  ) throws(JournalError) -> DayLine? {
    while true {
      if let newline = bytes.lastIndex(of: UInt8(ascii: "\n")) {
        let line = DayLine(bytes[(newline + 1)...])
        bytes.removeSubrange(newline...)
        if let line { return line }
      } else if start == 0 {
        defer { bytes = [] }
        return DayLine(bytes[...])
      } else {
        let earlier = max(0, start - chunk)
        bytes = try file.contents(of: earlier..<start) + bytes
        start = earlier
      }
    }
  }
}
