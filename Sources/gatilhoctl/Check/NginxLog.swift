import Glibc
import Gupy
import JSON

/// The end of the log in which nginx writes what it answered, in gatilho's place or for it.
enum NginxLog {
  /// What nginx answered itself to whoever brought a secret, since a moment.
  struct Tally {
    /// How often each status; none is gatilho's.
    private(set) var refusals: [Int: Int] = [:]
    private(set) var latest: Timestamp?
    /// Whether anything came through a proxy.
    private(set) var isForwarded = false

    /// Counts the lines since a moment; nil when the log cannot be read. What is no file of lines, as
    /// a container's output, has none.
    init?(of path: String, since: Timestamp) {
      var info = stat()
      guard stat(path, &info) == 0 else {
        if errno == ENOENT { return }
        return nil
      }
      guard info.st_mode & S_IFMT == S_IFREG else { return }
      guard let bytes = NginxLog.tail(of: path, size: info.st_size) else { return nil }
      for line in bytes.split(separator: 0x0A).reversed() {
        guard let line = JSONValue(Array(line)), case .string(let text) = line.at("/at"),
          let at = Timestamp(text)
        else { continue }
        guard at >= since else { break }
        add(line, at)
      }
    }

    /// Adds a line; lines come from the latest to the earliest.
    private mutating func add(_ line: JSONValue, _ at: Timestamp) {
      if line.at("/forwarded") == 1 { isForwarded = true }
      guard case .integer(let status) = line.at("/status"),
        NginxLog.refusals.contains(status), line.at("/outcome") == "", line.at("/secret") != "none"
      else { return }
      refusals[Int(status), default: 0] += 1
      latest = latest ?? at
    }
  }

  /// What Gupy repeats although gatilho has not seen it: the allow-list, the limit, and workers that do
  /// not answer. What a stranger brings about by a path or a body of his own does not count.
  private static let refusals: Set<Int64> = [403, 429, 500, 502, 503, 504]
  /// As much of a busy log is looked at; in bytes.
  private static let end = 4 << 20

  private static func tail(of path: String, size: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let count = min(size, end)
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, pread(descriptor, buffer.baseAddress, count, size - count))
    }
  }
}
