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

  @Test func `the pages that are full of commands are looked at`() throws {
    for page in ["README.md", "nginx/LEIAME.md", "Sources/gatilhoctl/README.md"] {
      #expect(try commands(page).count >= 10)
    }
    #expect(try commands("Sources/GupyAPI/README.md").contains(" webhooks ensure --dry-run"))
  }

  @Test(arguments: projectPages)
  func `every command is one, and has the options`(_ page: String) async throws {
    for command in try commands(page) {
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
