import ArgumentParser
import Configuration
import Glibc
import Gupy
import HTTPClient
import Handler
import JSON
import Messaging
import Operations
import Sandbox

/// One webhook's way through the pure steps, for a person to see.
struct Try: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what would become of a webhook: fields, rules, decision, request.",
    discussion: """
      Nothing is kept, nothing is sent, and secrets are hidden. The application is taken to be new, \
      so that neither order nor repetition plays a part. With --send the message really leaves; \
      --to sends it to you instead of the candidate.

      Example: gatilhoctl try body.json --to +5511999990000 --send
      """)

  @OptionGroup var options: ConfigurationOptions

  @Argument(help: "A file with a webhook's body, - for standard input; an example without it.")
  var payload: String?

  @Option(help: ArgumentHelp("Who gets the message instead of the candidate.", valueName: "+55…"))
  var to: PhoneNumber?

  @Flag(help: "Really send the message.")
  var send = false

  @Flag(help: "Do not ask before it is sent.")
  var yes = false

  func run() throws {
    let configuration = try options.site().configuration
    let trial = try trial(configuration)
    TrialReport(trial).print()
    guard send else { return }
    try Question.ask("Send this message.", isAnswered: yes)
    let delivery = trial.send { answer in
      print("answer      \(answer.status)")
      let text = String(decoding: answer.body, as: UTF8.self)
      let shown = configuration.provider.hiding(text)
      for line in shown.split(whereSeparator: \.isNewline) { print(line.harmless) }
      if let failure = answer.bodyFailure { print("            and no more: \(failure)") }
    }
    guard let delivery else {
      StandardError.print("nothing is sent: \(trial.decision)")
      throw ExitCode.failure
    }
    print("means       \(delivery.summary)")
    if delivery.verdict != .accepted { throw ExitCode.failure }
  }

  private func trial(_ configuration: Configuration) throws -> Trial {
    let body = try body()
    do throws(PayloadError) {
      return try Trial(body, by: configuration, to: to)
    } catch {
      StandardError.print("\(payload ?? "example"): \(error)")
      throw ExitCode(EX_DATAERR)
    }
  }

  private func body() throws -> [UInt8] {
    guard let payload else {
      return GupyEvent(application: 612_000_101, date: Timestamp.now.description).body
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let descriptor = payload == "-" ? STDIN_FILENO : open(payload, O_RDONLY | O_CLOEXEC)
    while descriptor >= 0 {
      let count = read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    StandardError.print("cannot read \(payload): \(String(cString: strerror(errno)))")
    throw ExitCode(EX_NOINPUT)
  }
}

extension PhoneNumber: ExpressibleByArgument {
  /// A mobile number in any of the usual spellings.
  public init?(argument: String) {
    self.init(mobile: argument)
  }
}
