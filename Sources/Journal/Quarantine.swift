import Glibc

/// Where authenticated JSON that is no Gupy event is kept, so that nothing is lost silently.
///
/// A file is named after the FNV-1a-64 hash of its bytes; other bytes with the same hash get `-1`,
/// `-2` and so on behind it. What stands here is exactly what was sent.
package struct Quarantine: Sendable {
  let folder: String

  /// Returns when the bytes are on disk, once, however often they are kept.
  package func keep(_ bytes: [UInt8]) throws(JournalError) {
    try File.makeFolder(folder)
    let hash = String(fnv1a64(bytes), radix: 16)
    let name = folder + "/" + String(repeating: "0", count: 16 - hash.count) + hash
    var suffix = 0
    while try !keep(bytes, at: name + (suffix == 0 ? "" : "-\(suffix)") + ".json") { suffix += 1 }
    try File.syncFolder(folder)
    try File.syncFolder(folder + "/..")
  }

  /// Whether `path` now holds the bytes; false when it holds others.
  private func keep(_ bytes: [UInt8], at path: String) throws(JournalError) -> Bool {
    let draft = "\(path).\(UInt64.random(in: .min ... .max))"
    defer { unlink(draft) }
    let file = try File(draft, O_RDWR | O_CREAT | O_EXCL)
    try file.write(bytes[...], at: 0)
    try file.sync()
    let exists = try check("link", path) {
      link(draft, path) == 0 ? 0 : errno == EEXIST ? 1 : -1
    }
    if exists == 0 { return true }
    return try File(path, O_RDONLY).contents() == bytes
  }

  private func fnv1a64(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
