import FoundationEssentials
import Glibc

/// Whether a process runs; one that has ended and is not yet reaped does not.
package func isRunning(_ pid: pid_t) -> Bool {
  // What is gone cannot be read: that is an answer here.
  let status = try? String(contentsOf: URL(filePath: "/proc/\(pid)/stat"), encoding: .utf8)
  return status.map { !$0.contains(") Z ") && !$0.contains(") X ") } ?? false
}

/// A line of `/proc/<pid>/status` or `limits` without its name and the blanks around it.
package func processFact(_ pid: pid_t, _ file: String, _ name: String) throws -> String {
  let text = try String(contentsOf: URL(filePath: "/proc/\(pid)/\(file)"), encoding: .utf8)
  let line = text.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
  return line.dropFirst(name.count).split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
