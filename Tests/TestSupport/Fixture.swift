import FoundationEssentials

/// The bytes of a file below `Tests/Fixtures`.
package func fixture(_ name: String) throws -> [UInt8] {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  return try [UInt8](Data(contentsOf: tests.appending(path: "Fixtures/\(name)")))
}

/// The names of the files in a folder below `Tests/Fixtures`, sorted.
package func fixtures(in folder: String) throws -> [String] {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  let path = tests.appending(path: "Fixtures/\(folder)").path()
  return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
}
