import Configuration
import FastCGI
import FoundationEssentials
import Gupy
import Handler
import Journal
import Synchronization
import TestSupport

/// The real handler with a real journal and a provider on loopback, for one thread.
///
/// The journal stands in memory where that is possible: its syncs are not what is looked at here.
final class House {
  let journal: Journal
  private let folder: TemporaryFolder
  private let state: String
  private let scene = Scene()
  private let provider: LoopbackServer
  private let clock = Clock()
  private var handlers: [Setting: (WebhookHandler, file: String)] = [:]

  private struct Setting: Hashable {
    let rules: Rules
    let isReachable: Bool
  }

  /// What the provider does with the next message, and what it saw on disk at the last one.
  private final class Scene: Sendable {
    let next = Mutex((provider: FarEnd.fine, file: ApplicationFile(path: "")))
    let lengths = Mutex<[Int]>([])
  }

  /// What time it is: half a minute past six for a stream's first delivery, and a minute later for
  /// each of the others.
  private final class Clock {
    var deliveries: Int64 = 0
    private static let first = Timestamp("2026-03-04T18:00:30Z")?.milliseconds ?? 0
    var now: Timestamp { Timestamp(milliseconds: Self.first + deliveries * 60_000) }
  }

  init() throws {
    folder = try TemporaryFolder(inMemory: true)
    state = folder.path + "/state"
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: false)
    journal = Journal(state: state)
    provider = LoopbackServer { [scene] _, _ in
      let (provider, file) = scene.next.withLock(\.self)
      scene.lengths.withLock { $0.append(file.length) }
      return provider.reaction
    }
  }

  /// Where an application's story stands.
  func file(_ application: Int64) -> ApplicationFile {
    ApplicationFile(path: journal.path(of: application))
  }

  /// What came of one delivery.
  struct Result {
    let code: Int
    let body: [UInt8]
    /// The messages that the provider saw.
    let messages: [String]
    /// The length of the application's file at each of them.
    let lengths: [Int]
  }

  /// Leaves nothing behind of applications that were played.
  func forget(_ applications: Set<Int64>) throws {
    for application in applications { file(application).remove() }
    try FileManager.default.removeItem(atPath: state + "/days")
  }

  /// Delivers an event to a handler whose provider can be reached, or cannot, and whose circuit breaker is
  /// closed: it goes by the clock.
  ///
  /// - Parameter number: how many deliveries of the stream came before it.
  func deliver(
    _ post: Post, _ number: Int, by rules: Rules, isReachable: Bool
  ) throws -> Result {
    clock.deliveries = Int64(number)
    journal.breaker.close()
    scene.next.withLock { $0 = (post.provider, file(post.event.application)) }
    let (handler, place) = try handler(Setting(rules: rules, isReachable: isReachable))
    if try journal.claim.holder() != place { try journal.claim.adopt(place) }
    let response = handler.respond(
      to: Request(
        method: "POST", parameters: ["HTTP_AUTHORIZATION": "s"],
        body: .complete(Array(post.event.webhook.utf8))))
    return Result(
      code: response.status.code, body: response.body, messages: provider.takeRequests(),
      lengths: scene.lengths.withLock { lengths in
        defer { lengths = [] }
        return lengths
      })
  }

  /// The handler of a setting, and its configuration.
  private func handler(_ setting: Setting) throws -> (WebhookHandler, file: String) {
    if let known = handlers[setting] { return known }
    let file = try folder.write(configuration(setting), to: "\(handlers.count).json")
    let handler = WebhookHandler(
      configurations: Configurations(defaultFile: file, environment: ["S": "s"]),
      now: { [clock] in clock.now })
    handlers[setting] = (handler, file)
    return (handler, file)
  }

  private func configuration(_ setting: Setting) -> String {
    """
    { "gupy": { "secrets": ["env:S"] }, "state": "\(state)", "recipients": "everyone",
      "provider": { "profile": "callbell",
        "baseURL": "\(setting.isReachable ? provider.url : Nobody.url)",
        "settings": { "token": "env:S", "channel": "c", "optIn": true } },
      "messages": [\(setting.rules.messages)] }
    """
  }
}

extension Rules {
  /// The rules in the configuration's words.
  fileprivate var messages: String {
    let moves = #""event": "application.moved", "whenLate": "\#(sendsLateMoves.whenLate)""#
    let greeting = """
      { "event": "application.created", "whenLate": "\(sendsLateApplications.whenLate)",
        "template": "greeting" },
      """
    return """
      \(greets ? greeting : "")
      { \(moves), "name": "invitation", "when": { "currentStep.name": "entrevista*" },
        "template": "invitation", "once": \(invitesOnce) },
      { \(moves), "template": "news", "parameters": ["{{candidate.name}}"] }
      """
  }
}

extension Bool {
  fileprivate var whenLate: String { self ? "deliver" : "ignore" }
}

extension Event {
  /// What Gupy posts, less all that decides nothing here.
  fileprivate var webhook: String {
    """
    {"id":"\(id)","event":"application.\(isMove ? "moved" : "created")",
     "date":"\(isAhead ? 2099 : 2026)-03-04T18:0\(minute):00.000Z",
     "data":{"application":{"id":\(application),"currentStep":{"name":"\(step.rawValue)"}},
      "candidate":{"name":"Bianca"\(hasPhone ? #","mobileNumber":"+5511955550101""# : "")}}}
    """
  }
}
