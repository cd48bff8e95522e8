import Glibc
import HTTPClient
import Sandbox

/// The demo's table: a row is printed as soon as its webhook is answered.
struct DemoTable {
  private let stage: Stage
  private let gupy: FakeGupy
  private let isTerminal = isatty(STDOUT_FILENO) == 1

  private static let widths = (came: 32, answered: 26)

  /// A table of what happens on the stage.
  init(_ stage: Stage) {
    self.stage = stage
    gupy = FakeGupy(url: stage.folder.webhookURL, caFile: stage.folder.certificate)
  }

  /// Sends all scenes in order; true when every row is as expected.
  func play(_ scenes: [DemoStory.Scene]) async throws -> Bool {
    printRow("what came", "gatilho answered", "what the candidate reads")
    printRow("─────────", "────────────────", "────────────────────────")
    var surprises = 0
    for scene in scenes {
      if try await !play(scene) { surprises += 1 }
    }
    print("")
    print(
      surprises == 0
        ? "All \(scenes.count) rows are as expected." : "\(surprises) rows are not as expected.")
    return surprises == 0
  }

  private func play(_ scene: DemoStory.Scene) async throws -> Bool {
    let before = try stage.folder.received.all().count
    let answer = try await gupy.post(scene.body, secret: scene.secret)
    let sent = try stage.folder.received.all().dropFirst(before)
    let isExpected = scene.isMet(by: answer)
    printRow(
      scene.title, answer.summary, sent.last.map(\.phone) ?? "–",
      colour: isExpected ? answer.colour : 31)
    if !isExpected { print("  expected \(scene.expectation)") }
    return isExpected
  }

  private func printRow(_ came: String, _ answered: String, _ reads: String, colour: Int? = nil) {
    let answer = answered.padded(to: Self.widths.answered)
    let shown = colour.map { isTerminal ? "\u{1B}[\($0)m\(answer)\u{1B}[0m" : answer } ?? answer
    print(came.padded(to: Self.widths.came), shown, reads)
    fflush(nil)
  }
}

extension String {
  /// The text with spaces behind it, at least `width` characters.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

extension HTTPResponse {
  /// `200 ignored: superseded`; a reason in whole words is for the journal.
  fileprivate var summary: String {
    let reason = text("/reason").map { $0.contains(" ") ? "" : ": \($0)" } ?? ""
    return "\(status) \(outcome ?? "")\(reason)"
  }

  /// ANSI: green for what is done, yellow for what comes again or failed.
  fileprivate var colour: Int { status == 200 ? 32 : 33 }
}

extension DemoStory.Scene {
  fileprivate func isMet(by answer: HTTPResponse) -> Bool {
    let duplicate = answer.text("/duplicate") == "true"
    return answer.status == status && duplicate == isDuplicate
      && (outcome == nil || answer.text("/status") == outcome)
      && (reason == nil || answer.text("/reason") == reason)
  }

  fileprivate var expectation: String {
    [String(status), isDuplicate ? "duplicate" : nil, outcome, reason].compactMap(\.self)
      .joined(separator: " ")
  }
}

extension Received {
  /// What stands on the phone: the provider's own template with the values filled in, or the text
  /// that takes a template's place.
  fileprivate var phone: String {
    let own = template.isEmpty ? values.first ?? "" : template
    let text = StageConfiguration.fill(StageConfiguration.texts[template] ?? own, with: values)
    switch status {
    case 200 where isRefusal: return "–"
    case 200: return text
    case 0: return "? (nobody knows)"
    default: return "–"
    }
  }

  private var isRefusal: Bool { recipient.hasSuffix(Behaviour.refuses.rawValue) }
}
