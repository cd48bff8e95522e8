import ArgumentParser
import Handler

/// Reads a configuration exactly as the handler does.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks a configuration file and says what it means.",
    discussion: "Exits 0 when the handler would take the file, 78 when it would not.")

  @OptionGroup var options: ConfigurationOptions

  func run() throws {
    let configuration = try options.load()
    print("\(options.config): fine")
    for line in configuration.summary { print("  \(line.name): \(line.value)") }
    for warning in configuration.warnings { print("WARNING: \(warning)") }
  }
}
