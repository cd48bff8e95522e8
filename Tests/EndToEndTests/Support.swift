import FoundationEssentials
import Handler
import JSON
import Journal
import Messaging
import Sandbox
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Runs a test on a stage of its own: real nginx, real workers, a fake provider.
///
/// `nginx` replaces text in the project's files for nginx, `environment` adds to the workers' own,
/// a `manager` starts the workers in place of the stage, `failing` is how many of a hundred messages
/// the provider fails.
func onStage<Result: Sendable>(
  provider: String = "callbell", workers: Int = 2, changes: [String: JSONValue] = [:],
  nginx: KeyValuePairs<String, String> = [:], environment: [String: String] = [:],
  manager: Manager? = nil, weight: Int? = nil, failing: Int = 0,
  _ body: @Sendable @escaping (Stage, FakeGupy) async throws -> Result
) async throws -> Result {
  let replacements = Array(nginx)
  let files = try ["http", "upstream", "location", "site"].map { name in
    let text = try projectText("nginx/gatilho-\(name).conf")
    let changed = replacements.reduce(text) { $0.replacing($1.key, with: $1.value) }
    return ("gatilho-\(name).conf", changed)
  }
  var options = Stage.Options(
    programs: programs, profile: try #require(try ProviderProfile(builtIn: provider)),
    nginx: Dictionary(uniqueKeysWithValues: files))
  options.workers = manager == nil ? workers : 0
  options.configure = { $0.replacing(changes) }
  options.environment = environment
  options.failing = failing
  options.manage = manager?.run
  return try await Room.machine.perform(weight: weight ?? min(8, 1 + workers / 8)) { [options] in
    try await Stage.play(options) { stage in
      let result = try await body(stage, stage.gupy)
      try Marker.expectNone(in: stage)
      return result
    }
  }
}

/// Values of a candidate that are drawn anew for each test run, so that one that leaks into any log
/// of the run is found.
enum Marker {
  static let digits = String(UInt32.random(in: 10_000_000...99_999_999))
  static let letters = String((0..<8).map { _ in "ghijklmnopqrstuvwxyz".randomElement() ?? "g" })
  static let name = "Nome \(letters)"
  static let email = "\(letters)@example.com"
  static let cpf = "111\(digits)"
  /// A mobile number that ends as a `Behaviour` asks.
  static func mobile(_ ending: String = "0101") -> String { "+55119\(digits.prefix(4))\(ending)" }

  /// No log of a stage holds anything of a candidate, or a secret.
  static func expectNone(in stage: Stage) throws {
    let secrets = [StageConfiguration.secret, StageConfiguration.key]
    for log in [stage.folder.log, stage.folder.accessLog, stage.folder.file("nginx-error.log")]
    where FileManager.default.fileExists(atPath: log) {
      let text = String(decoding: try Data(contentsOf: URL(filePath: log)), as: UTF8.self)
      for value in secrets + [letters, cpf, String(mobile().dropFirst().prefix(9))] {
        #expect(!text.contains(value), "\(log)")
      }
    }
  }
}

/// Waits until something holds, and no longer than a minute or two on a machine however busy.
func eventually(
  sourceLocation: SourceLocation = #_sourceLocation, _ holds: () async throws -> Bool
) async throws {
  for _ in 0..<3_000 {
    if try await holds() { return }
    try await Task.sleep(for: .milliseconds(20))
  }
  Issue.record("it does not come to hold", sourceLocation: sourceLocation)
}

extension Stage {
  /// A sender with a connection of its own.
  var gupy: FakeGupy { FakeGupy(url: folder.webhookURL, caFile: folder.certificate) }

  /// Who asks nginx for a path.
  func look(_ path: String) -> FakeGupy {
    FakeGupy(url: folder.webhookURL.replacing("/gupy", with: path), caFile: folder.certificate)
  }

  /// Who asks nginx whether gatilho is well.
  var health: FakeGupy { look("/gatilho_health") }

  /// What a worker answers to params and a body that no web server has looked at.
  func ask(_ parameters: [(String, String)], _ body: [UInt8]) -> String {
    let client = FastCGIClient(path: folder.file("gatilho.sock"))
    client.send(Record.begin() + Record.parameters(parameters) + Record.input(body))
    return client.answer() ?? ""
  }

  /// The lines of an application's file.
  func journal(_ application: Int64) throws -> [JSONValue] {
    let path = Journal(state: folder.state).path(of: application)
    let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    return text.split(separator: "\n").compactMap { JSONValue(Array($0.utf8)) }
  }
}

extension Stage {
  /// What a worker needs to find its configuration and secrets.
  var environment: [String: String] { StageConfiguration.environment(folder) }

  /// Changes a member of the configuration file.
  func change(_ path: String, to value: JSONValue) throws {
    let file = URL(filePath: folder.configuration)
    let configuration = try #require(JSONValue([UInt8](Data(contentsOf: file))))
    try Data(configuration.replacing([path: value]).json).write(to: file, options: .atomic)
  }

  /// The ids of the messages that the provider took, in their order.
  func accepted() throws -> [String] {
    try folder.received.all().filter { $0.status == 200 }.map(\.id)
  }

  /// What `gatilhoctl` printed, and how it ended.
  struct Told {
    let text: String
    let error: String
    let status: TerminationStatus
  }

  /// Runs `gatilhoctl retry`.
  func retry(_ arguments: String...) async throws -> Told {
    try await gatilhoctl(["retry"] + arguments)
  }

  /// Runs `gatilhoctl`.
  func gatilhoctl(_ arguments: String...) async throws -> Told {
    try await gatilhoctl(arguments)
  }

  /// Runs `gatilhoctl` with a text on its standard input, and sends it a signal once a condition
  /// holds; something else may be done then.
  func gatilhoctl(
    _ arguments: [String], input: String = "", environment more: [String: String] = [:],
    until signal: Signal? = nil, _ condition: @Sendable @escaping () async throws -> Void = {},
    then act: @Sendable @escaping () async throws -> Void = {}
  ) async throws -> Told {
    let run = UUID().uuidString
    let (out, error) = (folder.file("run-\(run).out"), folder.file("run-\(run).err"))
    let result = try await Subprocess.run(
      .path(FilePath(programs + "/gatilhoctl")), arguments: Arguments(arguments),
      environment: .exactly(environment.merging(more) { $1 }),
      input: .fileDescriptor(
        FileDescriptor(rawValue: inputFile(Array(input.utf8))), closeAfterSpawningProcess: true),
      output: .fileDescriptor(try writable(out), closeAfterSpawningProcess: true),
      error: .fileDescriptor(try writable(error), closeAfterSpawningProcess: true)
    ) { execution in
      try await condition()
      if let signal { try execution.send(signal: signal) }
      try await act()
    }
    func text(_ file: String) throws -> String {
      try String(contentsOf: URL(filePath: file), encoding: .utf8)
    }
    return Told(text: try text(out), error: try text(error), status: result.terminationStatus)
  }

  /// Makes an application as old as one of 2020.
  func age(_ application: Int64) throws {
    let file = URL(filePath: Journal(state: folder.state).path(of: application))
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacing(/"at":"20\d\d/, with: "\"at\":\"2020").utf8).write(to: file)
  }

  /// The files of the state folder in which a text stands.
  func traces(of text: String) async throws -> [String] {
    let result = try await Subprocess.run(
      .path("/usr/bin/grep"), arguments: ["-rilF", "--", text, folder.state],
      output: .string(limit: 100_000), error: .string(limit: 1_000))
    #expect(result.standardError == "")
    return result.standardOutput.split(separator: "\n").map(String.init)
  }

  private func writable(_ path: String) throws -> FileDescriptor {
    try FileDescriptor.open(
      FilePath(path), .writeOnly, options: [.create, .truncate, .closeOnExec],
      permissions: .ownerReadWrite)
  }
}

extension JSONValue {
  /// What kind of line of the journal this is.
  var kind: String? {
    ["event", "attempt", "outcome", "reopened"].first { at("/\($0)") != nil }
  }

  /// An object with some members replaced; `null` removes one. Nested members by pointer-like keys
  /// (`provider/baseURL`).
  func replacing(_ changes: [String: JSONValue]) -> JSONValue {
    changes.reduce(self) { value, change in
      value.replacing(change.key.split(separator: "/")[...], by: change.value)
    }
  }

  private func replacing(_ path: ArraySlice<Substring>, by new: JSONValue) -> JSONValue {
    guard let key = path.first.map(String.init), case .object(var members) = self else {
      return new
    }
    let old = members[key] ?? .object([:])
    members[key] = path.count == 1 && new == .null ? nil : old.replacing(path.dropFirst(), by: new)
    return .object(members)
  }
}

/// An application, minutes ago.
func applied(_ application: Int64 = 612_000_101, mobile: String? = Marker.mobile()) -> GupyEvent {
  var event = moved(application, minutesAgo: 10, mobile: mobile)
  event.type = "application.created"
  event.step = "Cadastro"
  event.previousStep = nil
  return event
}

/// A move, minutes ago.
func moved(
  _ application: Int64 = 612_000_101, minutesAgo: Double = 5, mobile: String? = Marker.mobile()
) -> GupyEvent {
  let date = Date.now.addingTimeInterval(-60 * minutesAgo)
  var event = GupyEvent(
    application: application,
    date: date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
  event.mobile = mobile
  event.name = Marker.name
  event.email = Marker.email
  event.cpf = Marker.cpf
  return event
}

/// Runs a program with exactly this environment and returns what it prints.
func output(
  _ program: String, _ arguments: [String], environment: [String: String] = [:],
  input: [UInt8] = []
) async throws -> String {
  let result = try await run(
    .path(FilePath(program)), arguments: Arguments(arguments), environment: .exactly(environment),
    input: .fileDescriptor(
      FileDescriptor(rawValue: inputFile(input)), closeAfterSpawningProcess: true),
    output: .string(limit: 1_000_000), error: .string(limit: 100_000))
  #expect(result.terminationStatus == .exited(0), "\(result.standardError)")
  return result.standardOutput
}

/// Runs a program on a socket until it ends.
func start(
  _ program: String, environment: [String: String], input: FileDescriptor
) async throws -> TerminationStatus {
  try await run(
    .path(FilePath(program)), environment: .exactly(environment),
    input: .fileDescriptor(input, closeAfterSpawningProcess: true), output: .discarded,
    error: .discarded
  ).terminationStatus
}

extension Environment {
  /// These variables and no others.
  static func exactly(_ variables: [String: String]) -> Environment {
    .custom(Dictionary(uniqueKeysWithValues: variables.map { (Key(stringLiteral: $0), $1) }))
  }
}
