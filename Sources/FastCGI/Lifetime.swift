/// How long a worker lives before it ends by itself; without bounds it lives until a stop signal.
///
/// It ends only between two connections. What waits in the listen queue is left to whoever shares
/// the socket: the other workers, or the process manager that starts the next one.
package struct Lifetime: Equatable, Sendable {
  /// How many connections a worker takes at most.
  var requests: Int?

  /// How long a worker waits for a connection.
  var idle: Duration?

  /// A life without bounds.
  package static let endless = Lifetime()

  /// How many connections one worker takes: up to a fifth fewer than allowed, drawn anew for each,
  /// so that workers that were started together do not end together.
  func connections() -> Int {
    requests.map { Int.random(in: $0 - $0 / 5...$0) } ?? .max
  }
}

extension Lifetime {
  /// The bounds that `GATILHO_MAX_REQUESTS` and `GATILHO_IDLE_EXIT` (seconds) set. A variable that
  /// is absent or empty sets none.
  package init(environment: [String: String]) throws(EnvironmentError) {
    requests = try Self.number("GATILHO_MAX_REQUESTS", in: environment)
    idle = try Self.number("GATILHO_IDLE_EXIT", in: environment).map { .seconds($0) }
  }

  private static func number(
    _ name: String, in environment: [String: String]
  ) throws(EnvironmentError) -> Int? {
    guard let text = environment[name], !text.isEmpty else { return nil }
    guard let number = text.digits, 1...Int(Int32.max) ~= number else {
      throw EnvironmentError(
        variable: name, expected: "a whole number from 1 to \(Int32.max), such as 1000")
    }
    return number
  }
}
