import FoundationEssentials

private let tests = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent()

/// The bytes of a file below `Tests/Fixtures`.
package func fixture(_ name: String) throws -> [UInt8] {
  try [UInt8](Data(contentsOf: tests.appending(path: "Fixtures/\(name)")))
}

/// The path of a file of the project, by its path from the project's top.
package func projectFile(_ name: String) -> String {
  tests.deletingLastPathComponent().appending(path: name).path()
}

/// The text of a file of the project.
package func projectText(_ name: String) throws -> String {
  String(decoding: try Data(contentsOf: URL(filePath: projectFile(name))), as: UTF8.self)
}

/// The project's pages, by their paths from the project's top; the first one first.
package let projectPages: [String] = {
  do {
    let all = try ["nginx", "Sources", "Tests"].flatMap { folder in
      try FileManager.default.subpathsOfDirectory(atPath: projectFile(folder))
        .map { "\(folder)/\($0)" }
    }
    return ["README.md"] + all.filter { $0.hasSuffix(".md") }.sorted()
  } catch {
    return []
  }
}()

/// The names of the files in a folder below `Tests/Fixtures`, sorted.
package func fixtures(in folder: String) throws -> [String] {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  let path = tests.appending(path: "Fixtures/\(folder)").path()
  return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
}
