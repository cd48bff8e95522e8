import Synchronization
import TestSupport

/// Many streams on several threads.
final class Run: Sendable {
  private let seed: UInt64
  private let numbers: Range<Int>
  private let done = Atomic(0)
  private let isOver = Atomic(false)

  /// What came of them.
  struct Report: Sendable {
    var tally = Tally()
    /// The first stream that went otherwise than the model says.
    var disagreement: String?
  }

  init(seed: UInt64, numbers: Range<Int>) {
    self.seed = seed
    self.numbers = numbers
  }

  /// How many streams have been played.
  var played: Int { done.load(ordering: .relaxed) }

  /// Plays all, or stops soon after a disagreement.
  func play(on threads: Int) async throws -> Report {
    try await withThrowingTaskGroup(of: Report.self) { group in
      for thread in 0..<threads {
        group.addTask { try await onThread { try self.playShare(of: thread, threads) } }
      }
      return try await group.reduce(into: Report()) { sum, report in
        sum.tally.add(report.tally)
        sum.disagreement = sum.disagreement ?? report.disagreement
      }
    }
  }

  private func playShare(of thread: Int, _ threads: Int) throws -> Report {
    let house = try House()
    var report = Report()
    for number in stride(from: numbers.lowerBound + thread, to: numbers.upperBound, by: threads)
    where !isOver.load(ordering: .relaxed) {
      var player = Player(Stream(seed: seed, number: number), in: house)
      do {
        try player.play()
      } catch let error as Player.Disagreement {
        isOver.store(true, ordering: .relaxed)
        report.disagreement =
          "streams --seed \(seed) --stream \(number)\n\(player.stream)\n\(error.text)"
      }
      report.tally.add(player.tally)
      done.add(1, ordering: .relaxed)
    }
    return report
  }
}
