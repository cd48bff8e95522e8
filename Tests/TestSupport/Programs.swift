import FoundationEssentials

/// The folder of the programs under test.
package let programs: String = {
  let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  return URL(filePath: path ?? "").deletingLastPathComponent().path()
}()
