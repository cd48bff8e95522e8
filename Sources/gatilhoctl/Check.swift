import ArgumentParser
import Gupy
import Handler

/// Reads a configuration exactly as the handler does.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks a configuration file and says what it means.",
    discussion: "Exits 0 when the handler would take the file, 78 when it would not.")

  @OptionGroup var options: ConfigurationOptions

  func run() throws {
    let configuration = try options.site().configuration
    let lastRun = Retry.Run(state: configuration.state)
    print("\(options.config): fine")
    for line in configuration.summary { print("  \(line.name): \(line.value)") }
    if let lastRun { print("  last retry: \(lastRun.at), \(lastRun.left) events left") }
    for warning in configuration.warnings + Self.warnings(of: lastRun) {
      print("WARNING: \(warning)")
    }
  }

  private static func warnings(of lastRun: Retry.Run?) -> [String] {
    let age = lastRun.map { Timestamp.now.milliseconds - $0.at.milliseconds } ?? .max
    guard age > 86_400_000 else { return [] }
    return [
      "gatilhoctl retry did not run for a day: let a timer run it, or messages that Gupy's repeats"
        + " do not deliver are never sent"
    ]
  }
}
