import FoundationEssentials

/// The bytes of a file below `Tests/Fixtures`.
package func fixture(_ name: String) throws -> [UInt8] {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  return try [UInt8](Data(contentsOf: tests.appending(path: "Fixtures/\(name)")))
}
