import FoundationEssentials
import TestSupport
import Testing

/// Every command in a fenced block of any page is run by something, or the table in `Tests/README.md` says
/// why it is not.
@Suite struct ShellBlockTests {
  private struct Block {
    let page: String
    let language: String
    var lines: [String] = []
  }

  private struct Row {
    let patterns: [String]
    let place: String
  }

  private func blocks() throws -> [Block] {
    var blocks: [Block] = []
    for page in projectPages {
      var isOpen = false
      for line in try projectText(page).split(separator: "\n").map({ $0.drop { $0 == " " } }) {
        if line.hasPrefix("```") {
          if !isOpen { blocks.append(Block(page: page, language: String(line.dropFirst(3)))) }
          isOpen.toggle()
        } else if isOpen {
          blocks[blocks.count - 1].lines.append(String(line))
        }
      }
      #expect(!isOpen, "\(page): a block has no end")
    }
    return blocks
  }

  /// Without what stands behind ` #`.
  private func commands() throws -> [String] {
    try blocks().filter { $0.language == "sh" }.flatMap(\.lines).map { line in
      String(line.prefix(upTo: line.firstRange(of: " # ")?.lowerBound ?? line.endIndex))
        .replacing(/\ +$/, with: "")
    }
  }

  private func rows() throws -> [Row] {
    let section = try projectText("Tests/README.md").components(
      separatedBy: "## Commands on the pages")
    let lines = try #require(section.last).split(separator: "\n").prefix { !$0.hasPrefix("## ") }
    return lines.filter { $0.hasPrefix("| `") }.map { line in
      let cells = line.components(separatedBy: " | ")
      let patterns = cells[0].matches(of: /`([^`]+)`/).map { String($0.1) }
      return Row(patterns: patterns, place: cells.last ?? "")
    }
  }

  /// `…` stands for any text.
  private func isMatch(_ command: String, _ pattern: String) -> Bool {
    let parts = pattern.components(separatedBy: "…")
    guard parts.count > 1 else { return command == pattern }
    guard command.hasPrefix(parts[0]), command.hasSuffix(parts[parts.count - 1]) else {
      return false
    }
    var rest = command[...]
    for part in parts {
      guard let range = part.isEmpty ? rest.startIndex..<rest.startIndex : rest.firstRange(of: part)
      else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }

  @Test func `every block says what it is, and none hides a command`() throws {
    let commands = /^(\$|#!|sudo|apt-get|swift|gatilhoctl|systemctl|docker|install|curl) ?[\w\/]/
    for block in try blocks() {
      #expect(["sh", "json5", "json", ""].contains(block.language), "\(block.page)")
      guard block.language.isEmpty else { continue }
      let hidden = block.lines.first { $0.firstMatch(of: commands) != nil }
      #expect(hidden == nil, "\(block.page): \(hidden ?? "") belongs into a block of sh")
    }
  }

  @Test func `every command is in the table, and each row is of one`() throws {
    let (commands, rows) = (try commands(), try rows())
    #expect(commands.count >= 30)
    for command in commands {
      let found = rows.count { $0.patterns.contains { isMatch(command, $0) } }
      #expect(found == 1, "\(command)")
    }
    for pattern in rows.flatMap(\.patterns) {
      #expect(commands.contains { isMatch($0, pattern) }, "\(pattern)")
    }
  }

  @Test func `what runs a command is there, and what does not has a reason`() throws {
    for row in try rows() {
      guard !row.place.hasPrefix("not run: ") else { continue }
      let named = row.place.matches(of: /`([^` ]+)`/).map { String($0.1) }
      let files = named.filter { $0.contains("/") }
      let suites = named.filter { $0.hasSuffix("Tests") }.map { "Tests/EndToEndTests/\($0).swift" }
      #expect(!(files + suites).isEmpty, "\(row.place)")
      for file in files + suites {
        #expect(FileManager.default.fileExists(atPath: projectFile(file)), "\(file)")
      }
    }
  }

  @Test func `every file of the project that a command names is there`() throws {
    for command in try commands() {
      for path in command.matches(of: /(?:^|[ (])((?:nginx|Tests|Sources)\/[\w.\/-]+)/) {
        #expect(FileManager.default.fileExists(atPath: projectFile(String(path.1))), "\(path.1)")
      }
    }
  }
}
