import FoundationEssentials
import TestSupport
import Testing

/// The project's pages: the first one is short, and each leads where it says.
@Suite struct PageLinkTests {
  /// The lines that are neither code nor its fences.
  private func prose(_ page: String) throws -> [String] {
    var isCode = false
    return try projectText(page).components(separatedBy: "\n").filter { line in
      let isFence = line.drop { $0 == " " }.hasPrefix("```")
      if isFence { isCode.toggle() }
      return !isFence && !isCode
    }
  }

  /// Where a page leads within the project: a path from the top, and a heading there.
  private func links(_ page: String) throws -> [(path: String, heading: String?)] {
    let text = try prose(page).joined(separator: "\n").replacing(/`[^`\n]*`/, with: "")
    let targets = text.matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) }
    return targets.filter { !$0.contains("://") }.map { target in
      let parts = target.split(separator: "#", omittingEmptySubsequences: false)
      let folder = page.split(separator: "/").dropLast()
      let path = parts[0].isEmpty ? page : Self.resolved(folder + parts[0].split(separator: "/"))
      return (path, parts.count > 1 ? String(parts[1]) : nil)
    }
  }

  private static func resolved(_ parts: [Substring]) -> String {
    var whole: [Substring] = []
    for part in parts { if part == ".." { _ = whole.popLast() } else { whole.append(part) } }
    return whole.joined(separator: "/")
  }

  /// A page's headings as GitHub names them in an address.
  private func headings(_ page: String) throws -> [String] {
    try prose(page).filter { $0.hasPrefix("#") }.map { line in
      let words = line.drop { $0 == "#" }.dropFirst().lowercased()
      return words.filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
        .replacing(" ", with: "-")
    }
  }

  @Test func `the first page is short`() throws {
    #expect(try projectText("README.md").utf8.count <= 12_000)
  }

  @Test(arguments: projectPages) func `every link leads to a file and a heading`(_ page: String)
    throws
  {
    for (path, heading) in try links(page) {
      #expect(FileManager.default.fileExists(atPath: projectFile(path)), "\(path)")
      guard let heading else { continue }
      #expect(try headings(path).contains(heading), "\(path)#\(heading)")
    }
  }

  @Test func `every page is reached from the first`() throws {
    var reached = ["README.md"]
    var index = 0
    while index < reached.count {
      let next = Set(try links(reached[index]).map(\.path).filter { $0.hasSuffix(".md") })
      reached += next.subtracting(reached).sorted()
      index += 1
    }
    #expect(reached.sorted() == projectPages.sorted())
  }
}
