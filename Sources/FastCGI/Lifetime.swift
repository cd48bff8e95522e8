/// How long a worker lives before it ends by itself; without bounds it lives until a stop signal.
///
/// It ends only between two connections. What waits in the listen queue is left to whoever shares
/// the socket: the other workers, or the process manager that starts the next one.
package struct Lifetime: Equatable, Sendable {
  /// How many connections a worker takes at most.
  package var requests: Int?

  /// How long a worker waits for a connection.
  package var idle: Duration?

  /// A life with these bounds, or without any.
  package init(requests: Int? = nil, idle: Duration? = nil) {
    self.requests = requests
    self.idle = idle
  }

  /// How many connections one worker takes: up to a fifth fewer than allowed, drawn anew for each,
  /// so that workers that were started together do not end together.
  func connections() -> Int {
    requests.map { Int.random(in: $0 - $0 / 5...$0) } ?? .max
  }
}

extension Lifetime {
  /// The bounds that `GATILHO_MAX_REQUESTS` and `GATILHO_IDLE_EXIT` (seconds) set. A variable that
  /// is absent or empty sets none.
  package init(environment: [String: String]) throws(LifetimeError) {
    requests = try Self.number("GATILHO_MAX_REQUESTS", in: environment)
    idle = try Self.number("GATILHO_IDLE_EXIT", in: environment).map { .seconds($0) }
  }

  private static func number(
    _ name: String, in environment: [String: String]
  ) throws(LifetimeError) -> Int? {
    guard let text = environment[name], !text.isEmpty else { return nil }
    let onlyDigits = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard onlyDigits, let number = Int32(text), number > 0 else {
      throw LifetimeError(variable: name)
    }
    return Int(number)
  }
}

/// A variable that sets a worker's lifetime and is no number.
package struct LifetimeError: Error, Equatable, CustomStringConvertible {
  /// The variable's name. Its value is not repeated: it may have been meant for another one.
  let variable: String

  /// One line for whoever starts the worker.
  package var description: String {
    "\(variable): expected a whole number from 1 to \(Int32.max), such as 1000"
  }
}
