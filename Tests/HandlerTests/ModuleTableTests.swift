import TestSupport
import Testing

/// The map's table of modules, held against what is built.
@Suite struct ModuleTableTests {
  /// The modules that `Package.swift` builds from `Sources`, each with what it may import.
  private func targets() throws -> [String: [String]] {
    let text = try projectText("Package.swift")
    let target =
      /\.(?:target|executableTarget)\(\s*name: "(\w+)"(?:,\s*dependencies: \[((?:[^\[\]])*)\])?([^\n]*)/
    let found = text.matches(of: target).filter { !$0.3.contains("path:") }
    return Dictionary(
      uniqueKeysWithValues: found.map { match in
        let names = (match.2 ?? "").replacing(/package: "[^"]*"/, with: "")
          .matches(of: /"([^"]*)"/).map { String($0.1) }
        return (String(match.1), names.sorted())
      })
  }

  private func rows() throws -> [(module: String, imports: [String])] {
    try projectText("Sources/README.md").matches(of: /\n\| \[`(\w+)`\].* \| ([\w –]+) \|/).map {
      (String($0.1), $0.2 == "–" ? [] : $0.2.split(separator: " ").map { String($0) }.sorted())
    }
  }

  @Test func `the table names each module with its imports`() throws {
    let table = Dictionary(uniqueKeysWithValues: try rows().map { ($0.module, $0.imports) })
    #expect(try table == targets())
  }

  @Test func `what a module imports stands below it`() throws {
    let rows = try rows()
    for (index, row) in rows.enumerated() {
      let above = rows[..<index].map(\.module)
      #expect(Set(row.imports).isDisjoint(with: above), "\(row.module) imports upwards")
    }
  }
}
