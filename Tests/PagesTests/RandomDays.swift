import Configuration
import FastCGI
import FoundationEssentials
import Glibc
import Gupy
import Handler
import Journal
import Operations
import Sandbox
import TestSupport

/// A state folder, a handler that is killed now and then, and a clock that goes on by days.
final class RandomDays {
  let site: Site
  private let folder: TemporaryFolder
  private let handler: WebhookHandler
  private let clock = Clock()
  private let server: LoopbackServer
  private var dice: Dice
  private var events: [GupyEvent] = []
  private(set) var quarantined = 0
  private(set) var kills = 0

  private final class Clock {
    var now = Timestamp(milliseconds: Timestamp.now.milliseconds - 36 * 86_400_000)
  }

  init(seed: UInt64) throws {
    dice = Dice(seed: seed, stream: 0)
    server = LoopbackServer { _, request in
      let status = ["busy": 429, "refuse": 422, "babble": 500].first { request.contains($0.key) }
      return .answer(LoopbackServer.http(status?.value ?? 200, #"{"message":{"uuid":"u"}}"#))
    }
    folder = try TemporaryFolder(inMemory: true)
    let state = folder.path + "/state"
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: false)
    let file = try folder.write(
      """
      { gupy: { secrets: ["env:S"] }, state: "\(state)", recipients: "everyone",
        provider: { profile: "callbell", baseURL: "\(server.url)",
          settings: { token: "env:S", channel: "c", optIn: true } },
        messages: [{ event: "application.moved", template: "t", parameters: ["{{job.name}}"] }] }
      """, to: "gatilho.json")
    site = try Site(file: file, environment: ["S": "s"])
    handler = WebhookHandler(
      configurations: Configurations(defaultFile: file, environment: ["S": "s"]),
      now: { [clock] in clock.now })
  }

  /// The moment that it is there.
  var now: Timestamp { clock.now }

  /// A day's events, repeats of earlier ones, and now and then a run of `retry`.
  func play() throws {
    for _ in 0..<Int.random(in: 0...12, using: &dice) {
      clock.now = Timestamp(
        milliseconds: now.milliseconds + .random(in: 1...7_000_000, using: &dice))
      try deliver(dice.isLucky(67) ? newEvent() : events.randomElement(using: &dice) ?? newEvent())
    }
    if dice.isLucky(25) { try retry() }
    clock.now = Timestamp(milliseconds: (now.milliseconds / 86_400_000 + 1) * 86_400_000)
  }

  private func newEvent() -> GupyEvent {
    var event = GupyEvent(
      application: .random(in: 1...40, using: &dice), date: now.description)
    event.id = "e\(events.count)\(dice.isLucky(67) ? "" : "\"é")"
    event.type = dice.isLucky(67) ? "application.moved" : "application.created"
    event.step = dice.isLucky(67) ? "Passo \(events.count)" : "Contratação"
    event.job = ["fine", "fine", "busy", "refuse", "babble"].randomElement(using: &dice) ?? "fine"
    event.mobile = dice.isLucky(67) ? event.mobile : nil
    events.append(event)
    return event
  }

  /// Delivers an event, or leaves what a kill at some moment of its handling leaves.
  private func deliver(_ event: GupyEvent) throws {
    site.journal.breaker.close()
    let (before, index) = (try bytes(file(event)), try bytes(indexFile))
    _ = post(event.body)
    guard dice.isLucky(33), try bytes(indexFile) != index else { return }
    kills += 1
    let (after, told) = (try bytes(file(event)), try bytes(indexFile))
    let first = told.dropFirst(index.count + 1).prefix { $0 != UInt8(ascii: "\n") }
    try write(index + [UInt8(ascii: "\n")] + first, to: indexFile)
    switch Int.random(in: 0..<3, using: &dice) {
    case 0: try write(before, to: file(event))
    case 1: try write(withoutOutcome(after, longerThan: before.count), to: file(event))
    default: break
    }
  }

  /// The file as it stands before an outcome is written, if one was.
  private func withoutOutcome(_ bytes: [UInt8], longerThan length: Int) -> [UInt8] {
    let last = bytes.dropLast().lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let text = String(decoding: bytes[last...], as: UTF8.self)
    return text.contains(#""outcome":"#) && last > length ? Array(bytes[..<last]) : bytes
  }

  private func post(_ body: [UInt8]) -> Int {
    handler.respond(
      to: Request(method: "POST", parameters: ["HTTP_AUTHORIZATION": "s"], body: .complete(body))
    ).status.code
  }

  private func retry() throws {
    let retry = Retry(site, now: { [clock] in clock.now })
    for candidate in try retry.find(
      [.unavailable, .rejected], since: Timestamp(milliseconds: 0), complain: { _ in },
      unreadable: Complaint { _ in }
    ).prefix(5) {
      site.journal.breaker.close()
      _ = retry.handle(candidate, complain: { _ in })
    }
    quarantined += 1
    _ = post(Array("{\"no\":\(quarantined)}".utf8))
  }

  func reindex() throws {
    let today = String(now.description.prefix(10))
    _ = try site.journal.reindex(recent: today, progress: { _, _ in }, complain: Complaint { _ in })
  }

  private func file(_ event: GupyEvent) -> String { site.journal.path(of: event.application) }

  private var indexFile: String {
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, 255)
    let host = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return "\(site.configuration.state)/days/\(now.description.prefix(10))/\(host).jsonl"
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    return [UInt8](try Data(contentsOf: URL(filePath: path)))
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(filePath: path))
  }
}
