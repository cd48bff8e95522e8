import Glibc
import Gupy
import JSON

/// The end of the log in which nginx writes what it answered, in gatilho's place or for it.
struct NginxLog {
  /// What nginx answered itself to whoever brought a secret, since a moment.
  struct Tally {
    /// How often each status; none is gatilho's.
    var refusals: [Int: Int] = [:]
    /// The latest of them.
    var latest: Timestamp?
    /// Whether anything came through a proxy.
    var isForwarded = false

    /// `429 × 45, 502 × 3`; nil when nothing was refused.
    var words: String? {
      guard !refusals.isEmpty else { return nil }
      return refusals.sorted { $0.key < $1.key }.map { "\($0.key) × \($0.value)" }
        .joined(separator: ", ")
    }
  }

  /// What Gupy repeats although gatilho has not seen it: the allow-list, the limit, and workers that do
  /// not answer. What a stranger brings about by a path or a body of his own does not count.
  private static let refusals: Set<Int> = [403, 429, 500, 502, 503, 504]
  /// As much of a busy log is looked at; in bytes.
  private static let end = 4 << 20

  let path: String

  /// Counts the lines since a moment; nil when the log cannot be read. What is no file of lines, as a
  /// container's output, has none.
  func tally(since: Timestamp) -> Tally? {
    var tally = Tally()
    var info = stat()
    guard stat(path, &info) == 0 else { return errno == ENOENT ? tally : nil }
    guard info.st_mode & S_IFMT == S_IFREG else { return tally }
    guard let bytes = tail(size: info.st_size) else { return nil }
    for line in bytes.split(separator: 0x0A).reversed() {
      guard let line = JSONValue(Array(line)), let at = line.time("/at") else { continue }
      guard at >= since else { break }
      tally.add(line, at)
    }
    return tally
  }

  private func tail(size: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let count = min(size, Self.end)
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, pread(descriptor, buffer.baseAddress, count, size - count))
    }
  }

  /// Whether nginx itself answered, and whoever asked may have been Gupy: he brought a secret.
  fileprivate static func isRefusal(_ status: Int64, _ line: JSONValue) -> Bool {
    refusals.contains(Int(status)) && line.at("/outcome") == "" && line.at("/secret") != "none"
  }
}

extension NginxLog.Tally {
  /// Adds a line; lines come from the latest to the earliest.
  fileprivate mutating func add(_ line: JSONValue, _ at: Timestamp) {
    if line.at("/forwarded") == 1 { isForwarded = true }
    guard case .integer(let status) = line.at("/status"), NginxLog.isRefusal(status, line) else {
      return
    }
    refusals[Int(status), default: 0] += 1
    latest = latest ?? at
  }
}

extension JSONValue {
  fileprivate func time(_ pointer: String) -> Timestamp? {
    guard case .string(let text) = at(pointer) else { return nil }
    return Timestamp(text)
  }
}
