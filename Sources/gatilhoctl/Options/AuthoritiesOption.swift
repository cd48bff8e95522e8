import ArgumentParser

/// The option of every command that comes to the public address as Gupy does.
struct AuthoritiesOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A PEM file of authorities that replaces the system's, for the public address.",
      valueName: "file"))
  var caFile: String?
}
