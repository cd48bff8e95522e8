import JSON
import Messaging

/// The whole service on one machine, with nothing prepared: real nginx with the project's own site,
/// real handler processes on a socket, and a fake provider behind the same nginx.
package struct Stage: Sendable {
  /// Everything that the stage has on disk.
  package let folder: StageFolder
  /// The handler processes that run now.
  package let workers = Processes()
  let options: Options

  /// What a stage is made of.
  package struct Options: Sendable {
    /// The folder of the programs `gatilho` and `gatilhoctl`.
    package var programs: String
    /// Whose API the fake provider speaks.
    package var profile: ProviderProfile
    /// Handler processes on the socket.
    package var workers = 2
    /// Each fake provider process answers one request at a time.
    package var providers = 4
    /// In how many of a hundred cases the fake provider fails.
    package var failing = 0
    /// Changes the configuration file before it is written.
    package var configure: @Sendable (JSONValue) -> JSONValue = { $0 }
    /// Changes the project's files for nginx, by name, before this stage's places are put in.
    package var nginx: @Sendable (_ name: String, _ text: String) throws -> String = { $1 }
    /// What each handler process finds in its environment besides the usual.
    package var environment: [String: String] = [:]
    /// Runs the handlers on the stage's `workerSocket` until it is cancelled, in place of the
    /// stage's own.
    package var manage: (@Sendable (StageFolder) async throws -> Void)?
    /// Whether the folder outlives the stage.
    package var keepsFolder = false

    /// A stage of the usual size.
    package init(programs: String, profile: ProviderProfile) {
      self.programs = programs
      self.profile = profile
    }
  }

  /// Builds the stage, runs `body` on it and takes it down, whatever happens.
  package static func play<Result: Sendable>(
    _ options: Options, _ body: @Sendable @escaping (Stage) async throws -> Result
  ) async throws -> Result {
    let stage = Stage(folder: try StageFolder(), options: options)
    defer { if !options.keepsFolder { stage.folder.remove() } }
    try await stage.prepare()
    return try await stage.perform(body)
  }

  private init(folder: StageFolder, options: Options) {
    self.folder = folder
    self.options = options
  }

  private func prepare() async throws {
    try await makeCertificate()
    try folder.writeNginx(options.nginx)
    let configuration = options.configure(StageConfiguration.standard(options.profile, folder))
    try folder.write(String(decoding: configuration.json, as: UTF8.self), to: "gatilho.json")
  }

  private func perform<Result: Sendable>(
    _ body: @Sendable @escaping (Stage) async throws -> Result
  ) async throws -> Result {
    let providerSocket = try UnixListener(path: folder.providerSocket).descriptor
    return try await withThrowingTaskGroup(of: Result?.self) { group in
      defer { group.cancelAll() }
      group.addTask {
        try await runNginx()
        return nil
      }
      try addWorkers(to: &group)
      for _ in 0..<options.providers {
        group.addTask {
          try await runProvider(providerSocket)
          return nil
        }
      }
      group.addTask {
        try await waitUntilReady()
        return try await body(self)
      }
      while let result = try await group.next() {
        if let result { return result }
      }
      throw StageError(problem: "no process is left")
    }
  }
}

/// Why a stage could not be built, or fell.
package struct StageError: Error, CustomStringConvertible {
  /// What happened, and where to look.
  package let problem: String
  package var description: String { problem }
}
