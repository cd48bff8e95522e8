import FoundationEssentials
import Messaging

/// The system calls of one process in their order, as strace(1) wrote them down.
struct Trace {
  let calls: [Call]

  /// One call: `openat(AT_FDCWD, "/x", O_RDONLY) = 3`.
  struct Call {
    let name: String
    let arguments: String
    /// What it returned; nil when the process did not live to see it.
    let result: Int?
    /// Which of its thread's calls of this name it is, from 1: what `when=` counts.
    let number: Int

    /// The descriptor that the call is about.
    var descriptor: Int? { Int(arguments.prefix { $0 != "," && $0 != ")" }) }
  }

  /// The lines, with what another thread's call has cut in two put together where it ended.
  private static func joined(_ lines: [Substring]) -> [String] {
    var begun: [Substring: Substring] = [:]
    return lines.compactMap { line in
      if let match = line.firstMatch(of: /^(\d*) *(.*) <unfinished \.\.\.>$/) {
        begun[match.1] = match.2
        return nil
      }
      guard let match = line.firstMatch(of: /^(\d*) *<\.\.\. \w+ resumed>(.*)$/) else {
        return String(line)
      }
      return "\(match.1) \(begun.removeValue(forKey: match.1) ?? "")\(match.2)"
    }
  }

  init(file: String) throws {
    let text = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
    var numbers: [String: Int] = [:]
    calls = Self.joined(text.split(separator: "\n")).compactMap { line in
      guard let match = line.firstMatch(of: /^(\d*) *(\w+)\((.*)\) += (-?\d+|\?)/) else {
        return nil
      }
      let name = String(match.2)
      let counter = "\(match.1) \(name)"
      numbers[counter, default: 0] += 1
      return Call(
        name: name, arguments: String(match.3), result: Int(match.4),
        number: numbers[counter, default: 1])
    }
  }

  /// The calls from the first byte of the request on.
  var handling: ArraySlice<Call> {
    calls.drop { !($0.name == "recvfrom" && $0.descriptor == 0) }
  }
}
