import FoundationEssentials
import Gupy
import TestSupport
import Testing

@testable import Handler
@testable import Journal

/// The table "on disk, means, next" of the journal's README, executed.
@Suite struct NextTests {
  /// What a handling knows besides the disk.
  private struct Case {
    let mayResend: Bool
    let asking: Next.Asking
    let isReopened: Bool
    let isLastCall: Bool

    static let all: [Case] = [false, true].flatMap { mayResend in
      Next.Asking.allCases.flatMap { asking in
        [false, true].flatMap { isReopened in
          [false, true].map {
            Case(mayResend: mayResend, asking: asking, isReopened: isReopened, isLastCall: $0)
          }
        }
      }
    }
  }

  private struct Row {
    let disk: String
    let condition: String
    let next: String
  }

  private static func rows() throws -> [Row] {
    let readme = URL(filePath: #filePath + "/../../../Sources/Journal/README.md").standardized
    return try String(contentsOf: readme, encoding: .utf8).split(separator: "\n").compactMap {
      let cells = $0.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingPrefix(" ").reversed().trimmingPrefix(" ").reversed() }.map(String.init)
      guard cells.count == 7, let next = cells[4].firstMatch(of: /\*\*([a-z]+)\*\*/) else {
        return nil
      }
      return Row(disk: cells[1], condition: cells[2], next: String(next.1))
    }
  }

  /// Lines of one event, by the first column.
  private static func stories() -> [String: [[Line.Kind?]]] {
    let event = Line.Kind.event(.least())
    let attempt = Line.Kind.attempt(Attempt(provider: "p", template: nil, rule: nil))
    func outcome(_ status: Outcome.Status) -> Line.Kind { .outcome(Outcome(status)) }
    return [
      "nothing": [[]],
      "event without attempt or outcome": [[event]],
      "outcome `unavailable`": [
        [event, outcome(.unavailable)], [event, attempt, outcome(.unavailable)],
      ],
      "reopened after an outcome": [
        [event, attempt, outcome(.rejected), .reopened(by: "retry")],
        [event, attempt, outcome(.unconfirmed), .reopened(by: "retry")],
      ],
      "attempt without outcome, or outcome `unconfirmed`": [
        [event, attempt], [event, attempt, outcome(.unconfirmed)],
        [event, outcome(.unavailable), attempt],
        [event, outcome(.rejected), .reopened(by: "retry"), attempt], [event, nil],
      ],
      "any other outcome": [.accepted, .ignored, .undeliverable, .rejected].map {
        [event, attempt, outcome($0)]
      },
    ]
  }

  private static func standing(_ kinds: [Line.Kind?]) -> Standing? {
    let lines = kinds.map { kind in
      kind.map { Line(at: .now, eventId: "a", $0).encoded }
        ?? Array((#"{"at":"x","eventId":"a","later":1}"# + "\n").utf8)
    }
    return History(Array(lines.joined())).entry("a")?.standing
  }

  private func fits(_ condition: String, _ known: Case) throws -> Bool {
    switch condition {
    case "", "none of these": true
    case "the provider can be asked now": known.asking == .now
    case "a person wants it handled": known.isReopened
    case "it can be asked at Gupy's next repeat": known.asking == .later && !known.isLastCall
    case "`resend` is configured, and unused": known.mayResend
    default: throw Unknown(words: condition)
    }
  }

  private struct Unknown: Error { let words: String }

  @Test func `what comes next is what the first row says that fits`() throws {
    let (rows, stories) = (try Self.rows(), Self.stories())
    #expect(Set(rows.map(\.disk)) == Set(stories.keys))
    var used: Set<Int> = []
    for (disk, stories) in stories {
      for story in stories {
        for known in Case.all {
          let place = try rows.firstIndex {
            try $0.disk == disk && fits($0.condition, known)
          }
          let row = try #require(place)
          let next = Next(
            Self.standing(story), mayResend: known.mayResend, asking: known.asking,
            isReopened: known.isReopened, isLastCall: known.isLastCall)
          #expect(next.name == rows[row].next, "\(disk): \(story) \(known)")
          used.insert(row)
        }
      }
    }
    #expect(used.count == rows.count)
  }
}

extension Next {
  fileprivate var name: String {
    switch self {
    case .decide: "decide"
    case .hold: "hold"
    case .ask: "ask"
    case .repeat: "repeat"
    }
  }
}
