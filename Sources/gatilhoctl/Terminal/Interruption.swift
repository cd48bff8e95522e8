import Dispatch
import Glibc

/// Ctrl-C, as something to wait for: what was started is then taken down before the command ends.
enum Interruption {
  /// Runs `body`, which is cancelled when SIGINT or SIGTERM comes, and has ended when this returns;
  /// nil then.
  static func cancels<Result: Sendable>(
    _ body: @Sendable @escaping () async throws -> Result
  ) async throws -> Result? {
    let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
    // Before the body starts: until then a signal ends the process.
    let sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler { continuation.yield() }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    return try await withThrowingTaskGroup(of: Result?.self) { group in
      group.addTask { try await body() }
      group.addTask {
        for await _ in signals { break }
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
  }
}
