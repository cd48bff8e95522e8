import FoundationEssentials

/// A folder of its own for one test, removed with the value.
package final class TemporaryFolder: Sendable {
  package let path: String

  /// - Parameter inMemory: whether it may stand in memory, where syncs cost nothing; else its disk
  ///   is a real one as far as `/tmp` is.
  package init(inMemory: Bool = false) throws {
    let isThere = FileManager.default.fileExists(atPath: "/dev/shm")
    let parent = inMemory && isThere ? "/dev/shm" : "/tmp"
    path = "\(parent)/gatilho-test-\(UUID().uuidString.lowercased())"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file and returns its path.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }
}
