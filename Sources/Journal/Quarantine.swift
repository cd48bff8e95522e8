import FoundationEssentials
import Glibc

/// Where authenticated JSON that is no Gupy event is kept, so that nothing is lost silently.
///
/// A file is named after the FNV-1a-64 hash of its bytes; other bytes with the same hash get `-1`,
/// `-2` and so on behind it. What stands here is exactly what was sent.
package struct Quarantine: Sendable {
  let folder: String
  /// How many files there may be.
  var files = 1_000
  /// How many bytes they may have together.
  var bytes = 64 * 1_048_576

  /// Returns when the bytes are on disk, once, however often they are kept.
  ///
  /// - Throws: `full` when there is no room for a body that is not here yet.
  package func keep(_ body: [UInt8]) throws(JournalError) {
    try File.makeFolder(folder)
    let hash = String(fnv1a64(body), radix: 16)
    let name = folder + "/" + String(repeating: "0", count: 16 - hash.count) + hash
    var suffix = 0
    while try !keep(body, at: name + (suffix == 0 ? "" : "-\(suffix)") + ".json") { suffix += 1 }
    try File.syncFolder(folder)
    try File.syncFolder(folder + "/..")
  }

  /// Whether `path` now holds the bytes; false when it holds others.
  private func keep(_ body: [UInt8], at path: String) throws(JournalError) -> Bool {
    if let kept = try contents(of: path) { return kept == body }
    try checkRoom(for: body.count)
    let draft = "\(path).\(UInt64.random(in: .min ... .max))"
    defer { unlink(draft) }
    let file = try File(draft, O_RDWR | O_CREAT | O_EXCL)
    try file.write(body[...], at: 0)
    try file.sync()
    let isTaken = try check("link", path) {
      link(draft, path) == 0 ? 0 : errno == EEXIST ? 1 : -1
    }
    return try isTaken == 0 ? true : contents(of: path) == body
  }

  /// Nil when there is no such file. A file that stands here was synced before it got its name.
  private func contents(of path: String) throws(JournalError) -> [UInt8]? {
    do {
      return try File(path, O_RDONLY).contents()
    } catch .failed(_, _, ENOENT) {
      return nil
    }
  }

  private func checkRoom(for size: Int) throws(JournalError) {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw .failed(call: "list", path: folder, errno: EIO)
    }
    let used = names.reduce(0) { used, name in
      var info = stat()
      return stat("\(folder)/\(name)", &info) == 0 ? used + info.st_size : used
    }
    guard names.count < files, used + size <= bytes else { throw .full(folder: folder) }
  }

  private func fnv1a64(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
