import FoundationEssentials
import Glibc
import Sandbox
import Subprocess
import SystemPackage
import TestSupport

/// What starts gatilho's processes, each as the project's own files do.
enum Manager: CaseIterable {
  case spawnFCGI
  case fcgiwrap
  case supervisord
  /// A socket that listens, as a socket unit passes it.
  case systemdWorker
  /// A connection, as a socket unit with `Accept=yes` passes it.
  case systemdConnection

  /// Whether each request has a process of its own.
  var isPerRequest: Bool { self == .fcgiwrap || self == .systemdConnection }

  /// Whether a worker that ended is followed by another one.
  var restarts: Bool { self != .systemdWorker }

  /// What of nginx's files is other than usual: under CGI the environment names the file, and the
  /// program lies in the stage's folder, which takes the place of `/etc/gatilho`.
  var nginx: KeyValuePairs<String, String> {
    guard self == .fcgiwrap else { return [:] }
    return [
      "  fastcgi_param GATILHO_CONFIG $gatilho_config;\n": "",
      "/usr/local/bin/": "/etc/gatilho/cgi/",
    ]
  }
}

extension Manager {
  /// Runs on the stage's socket until it is cancelled.
  ///
  /// A manager that is told to stop while it starts a worker may never end: multiwatch's child swallows
  /// what comes between fork and exec. So whom it leaves ends here.
  @Sendable func run(_ folder: StageFolder) async throws {
    defer { for process in folder.processes { kill(process, SIGKILL) } }
    guard self == .fcgiwrap else { return try await run(folder, programs, folder.configuration) }
    let program = try await CGIProgram(folder)
    defer { program.remove() }
    try await run(folder, folder.file("cgi/"), program.configuration)
  }

  private func run(_ folder: StageFolder, _ programs: String, _ file: String) async throws {
    var environment = StageConfiguration.environment(folder)
    environment["STAGE"] = folder.path
    environment["GATILHO_CONFIG"] = file
    let log = try FileDescriptor.open(
      FilePath(folder.log), .writeOnly, options: [.append, .create], permissions: .ownerReadWrite)
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [
      .gracefulShutDown(allowedDurationToNextStep: .seconds(15))
    ]
    let command = try command(folder, programs, environment)
    _ = try await Subprocess.run(
      .name(command[0]), arguments: Arguments(Array(command.dropFirst())),
      environment: .inherit.updating(
        Dictionary(
          uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })),
      platformOptions: options, input: .none, output: .discarded,
      error: .fileDescriptor(log, closeAfterSpawningProcess: true))
  }

  private func command(
    _ folder: StageFolder, _ programs: String, _ environment: [String: String]
  ) throws -> [String] {
    let activate =
      ["systemd-socket-activate", "-l", folder.workerSocket]
      + environment.flatMap { ["-E", "\($0)=\($1)"] }
    switch self {
    case .spawnFCGI: return ["sh", try copy("gatilho-spawn-fcgi.sh", folder, programs)]
    case .fcgiwrap: return ["sh", try copy("gatilho-fcgiwrap.sh", folder, programs)]
    case .supervisord:
      let main = folder.file("supervisord.conf")
      try """
      [supervisord]
      nodaemon=true
      logfile=/dev/null
      logfile_maxbytes=0
      pidfile=\(folder.file("supervisord.pid"))
      [include]
      files=\(try copy("gatilho-supervisord.conf", folder, programs))
      """.write(toFile: main, atomically: false, encoding: .utf8)
      return ["supervisord", "-c", main]
    case .systemdWorker: return activate + [programs + "gatilho"]
    case .systemdConnection: return activate + ["--accept", "--inetd", programs + "gatilho"]
    }
  }

  /// One of the project's files with this stage's places and this test's user.
  private func copy(
    _ name: String, _ folder: StageFolder, _ programs: String
  ) throws -> String {
    let places = [
      ("/run/gatilho.sock", folder.workerSocket), ("/usr/local/bin/", programs),
      ("-U gatilho -G www-data ", ""), ("-u gatilho -g gatilho ", ""), ("-f 8 ", "-f 2 "),
      ("numprocs=8", "numprocs=2"), ("stopwaitsecs=35", "stopwaitsecs=12"), ("user=gatilho\n", ""),
      ("socket_owner=gatilho:www-data\n", ""),
      (
        "/var/log/supervisor/%(program_name)s_%(process_num)02d.log",
        folder.log + "\nstderr_logfile_maxbytes=0"
      ),
    ]
    let text = places.reduce(try projectText("nginx/\(name)")) {
      $0.replacing($1.0, with: $1.1)
    }
    try text.write(toFile: folder.file(name), atomically: false, encoding: .utf8)
    return folder.file(name)
  }
}

extension StageFolder {
  /// The processes of gatilho that a manager has started for this stage and that run now.
  var processes: [pid_t] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.compactMap { pid_t($0) }.filter { pid in
      let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/exe")
      guard program?.hasSuffix("/gatilho") == true else { return false }
      let variables = (try? Data(contentsOf: URL(filePath: "/proc/\(pid)/environ"))) ?? Data()
      return variables.split(separator: 0).contains(Data("STAGE=\(path)".utf8))
    }
  }

  /// Those of them that handle an event: they hold an application's lock.
  var busyProcesses: [pid_t] {
    processes.filter { pid in
      let folder = "/proc/\(pid)/fd"
      let open = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      return open.contains {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)"))
          == state + "/lock"
      }
    }
  }
}
