import Glibc

/// Where an authenticated body that is no Gupy event is kept, so that nothing is lost silently.
///
/// A file is named after the FNV-1a-64 hash of its bytes; other bytes with the same hash get `-1`,
/// `-2` and so on behind it. What stands here is exactly what was sent, whether JSON or not.
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
    let hash = String(body.withUnsafeBytes(UInt64.init(fnv1a64:)), radix: 16)
    let name = folder + "/" + String(repeating: "0", count: 16 - hash.count) + hash
    var suffix = 0
    while try !keep(body, at: name + (suffix == 0 ? "" : "-\(suffix)") + ".json") { suffix += 1 }
    try File.syncFolder(folder)
    try File.syncFolder(folder + "/..")
  }

  /// Whether `path` now holds the bytes; false when it holds others.
  private func keep(_ body: [UInt8], at path: String) throws(JournalError) -> Bool {
    if let kept = try File.contents(ofAny: path) { return kept == body }
    guard try hasRoom(for: body.count) else { throw .full(folder: folder) }
    var isTaken = false
    try File.publish(body, at: path, isSynced: true) { draft in
      guard link(draft, path) < 0 else { return 0 }
      isTaken = errno == EEXIST
      return isTaken ? 0 : -1
    }
    // A file that stands here was synced before it got its name.
    return try isTaken ? File.contents(ofAny: path) == body : true
  }

  /// Whether there is no room for the largest body.
  package func isFull() throws(JournalError) -> Bool { try !hasRoom(for: 1_048_576) }

  private func hasRoom(for size: Int) throws(JournalError) -> Bool {
    let listing = try Listing(.quarantine, at: folder)
    let names = listing.names + listing.drafts
    let used = names.reduce(0) { used, name in
      var info = stat()
      return lstat("\(folder)/\(name)", &info) == 0 ? used + info.st_size : used
    }
    return names.count < files && used + size <= bytes
  }

  /// The paths of the kept bodies, sorted, and when each was kept, in milliseconds since 1970.
  package func kept() throws(JournalError) -> [(path: String, milliseconds: Int64)] {
    paths(try Listing(.quarantine, at: folder).names)
  }

  /// As `kept`, and what a process left that died while it kept a body.
  package func everything() throws(JournalError) -> [(path: String, milliseconds: Int64)] {
    let listing = try Listing(.quarantine, at: folder)
    return paths(listing.names + listing.drafts)
  }

  private func paths(_ names: [String]) -> [(path: String, milliseconds: Int64)] {
    names.sorted().compactMap { name in
      var info = stat()
      guard lstat("\(folder)/\(name)", &info) == 0 else { return nil }
      return ("\(folder)/\(name)", info.st_mtim.milliseconds)
    }
  }

  /// A kept body, exactly as it was sent; empty when it is gone.
  package func body(of file: String) throws(JournalError) -> [UInt8] {
    try File.contents(ofAny: file) ?? []
  }

  /// Removes a body that is kept elsewhere now.
  package func remove(_ file: String) throws(JournalError) {
    try check("remove", file) { unlink(file) == 0 || errno == ENOENT ? 0 : -1 }
  }

  /// Returns when it is on disk that these files are gone, and those that a process removed that did
  /// not live to sync it.
  package func remove(_ files: [String]) throws(JournalError) {
    for file in files { try remove(file) }
    do {
      try File.syncFolder(folder)
    } catch .failed("open", _, ENOENT) {}
  }
}
