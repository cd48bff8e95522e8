import Dispatch

/// Runs long work on a thread of its own: Swift's few threads are for tests that wait.
package func onThread<Result: Sendable>(
  _ work: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    DispatchQueue(label: "work").async {
      continuation.resume(with: Swift.Result { try work() })
    }
  }
}
