import ArgumentParser
import Configuration
import Glibc
import Gupy
import HTTPClient
import JSON
import Operations
import Sandbox

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

  @Option(help: .init("Who gets the message instead of the candidate.", valueName: "+55…"))
  var to: PhoneNumber?

  @Flag(help: "Really send the message.")
  var send = false

  @Flag(help: "Do not ask before it is sent.")
  var yes = false

  func run() throws {
    let configuration = try options.site().configuration
    let trial = try trial(configuration)
    trial.print()
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
      throw ExitCode(EXIT_FAILURE, "nothing is sent: \(trial.decision)")
    }
    let means = [
      delivery.verdict.rawValue, delivery.reason, delivery.messageId.map { "message \($0)" },
    ]
    print("means      ", means.compactMap(\.self).joined(separator: ", "))
    if delivery.verdict != .accepted { throw ExitCode.failure }
  }

  private func trial(_ configuration: Configuration) throws -> Trial {
    let body = try body()
    do throws(PayloadError) {
      return try Trial(body, by: configuration, to: to)
    } catch {
      throw ExitCode(EX_DATAERR, "\(payload ?? "example"): \(error)")
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
    throw ExitCode(EX_NOINPUT, "cannot read \(payload): \(String(cString: strerror(errno)))")
  }
}

extension Trial {
  /// The event, the rules, the decision and the requests.
  fileprivate func print() {
    let details = event.details
    section("event", ["\(details.type.rawValue) \(event.id)"])
    section("fields", fields.map { "\($0.path): \($0.value)" })
    section("problems", details.problems.map { "\($0.path.rawValue): \($0.problem.rawValue)" })
    section("rules", rules.map { "\($0.rule): \($0.mismatch.map { "no, " + $0 } ?? "matches")" })
    section("decision", [decision])
    for request in requests { section("request", request.lines) }
  }

  private func section(_ name: String, _ lines: [String]) {
    for (index, line) in lines.enumerated() {
      Swift.print((index == 0 ? name : "").padded(to: 11), line.harmless)
    }
  }
}

extension HTTPRequest {
  /// As it goes over the wire, with a JSON body spread over lines.
  fileprivate var lines: [String] {
    let body = JSONValue(body).map { $0.spread() } ?? String(decoding: body, as: UTF8.self)
    return ["\(method.rawValue) \(url)"] + headers.map { "\($0.name): \($0.value)" }
      + body.split(separator: "\n").map(String.init)
  }
}

extension JSONValue {
  /// The document with a line for each value, two spaces deeper inside of one.
  fileprivate func spread(_ margin: String = "") -> String {
    let inside = margin + "  "
    let (start, parts, end): (String, [String], String)
    switch self {
    case .object(let members):
      (start, end) = ("{", "}")
      parts = members.sorted { $0.key < $1.key }.map {
        "\(JSONValue.string($0).spread()): \($1.spread(inside))"
      }
    case .array(let elements):
      (start, end) = ("[", "]")
      parts = elements.map { $0.spread(inside) }
    case .null, .bool, .integer, .number, .string: return String(decoding: json, as: UTF8.self)
    }
    guard !parts.isEmpty else { return start + end }
    return "\(start)\n"
      + parts.map { inside + $0 }.joined(separator: ",\n") + "\n\(margin)\(end)"
  }
}
