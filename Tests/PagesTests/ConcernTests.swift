import FoundationEssentials
import Gupy
import Lookup
import TestSupport
import Testing

@testable import Pages

/// What can make it stop: no state without a line of `check`, a sentence, a metric and an alert.
@Suite struct ConcernTests {
  /// The documentation's row of a state, cell by cell.
  private func row(_ kind: Concern.Kind) throws -> [String] {
    let lines = try projectText("Sources/Pages/README.md").split(separator: "\n")
    let rows = lines.filter {
      $0.contains(" | `FAIL \(kind)` | ") || $0.contains(" | `WARN \(kind)` | ")
    }
    #expect(rows.count == 1)
    return try #require(rows.first).dropFirst(2).dropLast(2).components(separatedBy: " | ")
  }

  @Test(arguments: Concern.Kind.allCases)
  func `the README says how a state is seen`(_ kind: Concern.Kind) throws {
    let row = try row(kind)
    #expect(row.count == 5)
    #expect(row[1] == "`\(kind.isGrave ? "FAIL" : "WARN") \(kind)`")
    #expect(row[2] == Concern(kind).sentence(\.description)[.portuguese])
    #expect(
      row[3].contains(kind == .needsPerson ? "gatilho_needs_person" : "{concern=\"\(kind)\"}"))
    let alert = row[4].dropFirst().dropLast()
    #expect(try projectText("nginx/prometheus-rules.yml").contains("- alert: \(alert)\n"))
  }

  @Test(arguments: Concern.Kind.allCases)
  func `each language has a sentence of its own, with since when and what shows it`(
    _ kind: Concern.Kind
  ) {
    let concern = Concern(kind, since: Timestamp(milliseconds: 0), count: 2, evidence: "evidence")
    for words in [concern.sentence(\.description), kind.remedy] {
      #expect(words.pt != words.en)
      for text in [words.pt, words.en] { #expect(text.hasSuffix(".") && text.count > 18) }
    }
  }
}
