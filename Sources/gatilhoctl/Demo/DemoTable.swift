import Glibc
import HTTPClient
import Sandbox

/// The demo's table: a row is printed as soon as its webhook is answered.
struct DemoTable {
  let stage: Stage

  /// Sends all scenes in order; true when every row is as expected.
  func play(_ scenes: [DemoStory.Scene]) async throws -> Bool {
    let gupy = FakeGupy(url: stage.folder.webhookURL, caFile: stage.folder.certificate)
    printRow("what came", "gatilho answered", "what the candidate reads")
    printRow("─────────", "────────────────", "────────────────────────")
    var surprises = 0
    for scene in scenes {
      if try await !play(scene, from: gupy) { surprises += 1 }
    }
    print("")
    print(
      surprises == 0
        ? "All \(scenes.count) rows are as expected." : "\(surprises) rows are not as expected.")
    return surprises == 0
  }

  private func play(_ scene: DemoStory.Scene, from gupy: FakeGupy) async throws -> Bool {
    let before = try stage.folder.received.all().count
    let answer = try await gupy.post(scene.body, secret: scene.secret)
    let sent = try stage.folder.received.all().dropFirst(before)
    let isExpected = scene.isMet(by: answer)
    // ANSI: green for what is done, yellow for what comes again or failed, red for a surprise.
    printRow(
      scene.title, answer.summary, sent.last?.phone ?? "–",
      colour: isExpected ? (answer.status == 200 ? 32 : 33) : 31)
    if !isExpected { print("  expected \(scene.expectation)") }
    return isExpected
  }

  private func printRow(_ came: String, _ answered: String, _ reads: String, colour: Int? = nil) {
    var answer = answered.padded(to: 26)
    if let colour, isatty(STDOUT_FILENO) == 1 { answer = "\u{1B}[\(colour)m\(answer)\u{1B}[0m" }
    print(came.padded(to: 32), answer, reads)
    fflush(nil)
  }
}

extension HTTPResponse {
  /// `200 ignored: superseded`; a reason in whole words is for the journal.
  fileprivate var summary: String {
    let reason = text("/reason").map { $0.contains(" ") ? "" : ": \($0)" } ?? ""
    return "\(status) \(outcome ?? "")\(reason)"
  }
}

extension DemoStory.Scene {
  fileprivate func isMet(by answer: HTTPResponse) -> Bool {
    answer.status == status && (answer.text("/duplicate") == "true") == isDuplicate
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
    guard status != 0 else { return "? (nobody knows)" }
    guard status == 200, !recipient.hasSuffix(Behaviour.refuses.rawValue) else { return "–" }
    let own = template.isEmpty ? values.first ?? "" : template
    return StageConfiguration.fill(StageConfiguration.texts[template] ?? own, with: values)
  }
}
