/// Room for processes: the tests all run at once, and a machine of two cores cannot start a hundred
/// web servers in time.
package actor Room {
  /// The one of this test run.
  package static let machine = Room(8)

  private var free: Int
  private var waiting: [(weight: Int, continuation: CheckedContinuation<Void, Never>)] = []

  private init(_ size: Int) {
    free = size
  }

  /// Does the work when there is room for it, in the order in which it was asked for.
  ///
  /// - Parameter weight: how much room it takes, of eight: more where it starts many processes.
  package nonisolated func perform<Result: Sendable>(
    weight: Int = 1, _ work: @Sendable () async throws -> Result
  ) async throws -> Result {
    await enter(weight)
    do {
      let result = try await work()
      await leave(weight)
      return result
    } catch {
      await leave(weight)
      throw error
    }
  }

  private func enter(_ weight: Int) async {
    guard !waiting.isEmpty || free < weight else {
      free -= weight
      return
    }
    await withCheckedContinuation { waiting.append((weight, $0)) }
  }

  private func leave(_ weight: Int) {
    free += weight
    while let first = waiting.first, free >= first.weight {
      free -= first.weight
      waiting.removeFirst()
      first.continuation.resume()
    }
  }
}
