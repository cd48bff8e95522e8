import Glibc
import JSON

/// What was removed from a state folder, when and why: `<state>/audit.jsonl`, a line a removal.
///
/// Nothing of a candidate stands there. Lines are only ever added, and never purged.
package struct Audit: Sendable {
  private let state: String
  private let file: String

  /// The audit of a state folder.
  package init(state: String) {
    self.state = state
    file = state + "/audit.jsonl"
  }

  /// Returns when the line is on disk.
  ///
  /// A line that a crash tore is ended first, so that it spoils no later one.
  package func append(_ line: some JSONWritable) throws(JournalError) {
    let file = try File(file, O_RDWR | O_APPEND | O_CREAT)
    let newline = UInt8(ascii: "\n")
    let isTorn = try file.contents().last ?? newline != newline
    try file.append((isTorn ? [newline] : []) + line.json + [newline])
    try file.sync()
    try File.syncFolder(state)
  }

  /// The lines that are of this type, in their order; none when there is no file.
  package func lines<Line: JSONReadable>(of type: Line.Type) throws(JournalError) -> [Line] {
    let lines = try File.contents(ofAny: file)?.split(separator: UInt8(ascii: "\n")) ?? []
    return lines.compactMap { Line(json: $0) }
  }
}
