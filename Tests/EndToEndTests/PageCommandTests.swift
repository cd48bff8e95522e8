import Configuration
import FastCGI
import FoundationEssentials
import GupyAPI
import Journal
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Every `gatilhoctl …` that a page tells a person to type: there is such a command, with such
/// options.
@Suite struct PageCommandTests {
  private static let folders = ["gatilhoctl", "Configuration", "Pages", "Journal"]
  private static let pages =
    ["README.md", "nginx/README.md", "nginx/LEIAME.md"]
    + (folders + ["Messaging", "Registration", "Sandbox"]).map { "Sources/\($0)/README.md" }

  /// What is typed after `gatilhoctl`, as a page writes it.
  private func commands(_ page: String) throws -> Set<String> {
    var table: Substring?
    let found = try projectText(page).split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { line in
        if let head = line.firstMatch(of: /^\| `gatilhoctl( [a-z]+)? …` \|/) {
          table = head.1 ?? ""
        }
        if !line.hasPrefix("|") { table = nil }
        let first = line.split(separator: " | ")[...].first ?? ""
        let rows = table.map { head in first.matches(of: /`([^`]+)`/).map { "\(head) \($0.1)" } }
        return (rows ?? [])
          + line.matches(of: /gatilhoctl((?: [^`\s>|;&'…]+)+)/).map { String($0.1) }
      }
    return Set(found.filter { !$0.contains("gatilhoctl") && !$0.contains("…") })
  }

  @Test(arguments: pages)
  func `every command is one, and has the options`(_ page: String) async throws {
    let commands = try commands(page)
    #expect(!commands.isEmpty)
    for command in commands {
      let words = command.split(separator: " ").map { String($0) }
      let result = try await run(
        .path(FilePath(programs + "/gatilhoctl")),
        arguments: Arguments(words.prefix { !$0.hasPrefix("-") } + ["--help"]),
        output: .string(limit: 100_000), error: .discarded)
      #expect(result.terminationStatus == .exited(0), "gatilhoctl\(command)")
      let known = Set(result.standardOutput.matches(of: /--[a-z-]+/).map { String($0.0) })
      for option in command.matches(of: /--[a-z-]+/).map({ String($0.0) }) {
        #expect(known.contains(option), "gatilhoctl\(command)")
      }
    }
  }
}
