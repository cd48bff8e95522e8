import Gupy
import Lookup
import Sandbox
import Testing

@testable import Handler
@testable import Pages

extension Stage {
  /// A state is entered: `gatilhoctl check`, the page and the metrics say so. That the metric raises an
  /// alert is played by `AlertRuleTests`.
  func expectSeen(_ kind: Concern.Kind, _ evidence: String? = nil) async throws {
    let seen = try await seen(kind)
    #expect(seen.check?.hasPrefix(kind.isGrave ? "FAIL" : "WARN") == true, "\(kind)")
    #expect(seen.page.contains(seen.remedy), "\(kind)")
    #expect(seen.metric, "\(kind)")
    guard let evidence else { return }
    #expect(seen.check?.contains(evidence) == true, "\(seen.check ?? "")")
    #expect(seen.page.contains(evidence))
  }

  /// A state is not entered, by all three.
  func expectNotSeen(_ kind: Concern.Kind) async throws {
    let seen = try await seen(kind)
    #expect(seen.check == nil)
    #expect(!seen.page.contains(seen.remedy) && !seen.metric, "\(kind)")
  }

  private func seen(
    _ kind: Concern.Kind
  ) async throws -> (check: Substring?, page: String, metric: Bool, remedy: String) {
    (
      check: try await gatilhoctl("check").line(kind.rawValue), page: look(at: "status"),
      metric: look(at: "metrics").contains("gatilho_concern{concern=\"\(kind)\"} 1\n"),
      remedy: HTML(text: kind.remedy[.portuguese]).markup
    )
  }

  private func look(at endpoint: String) -> String {
    ask(
      [
        ("REQUEST_METHOD", "GET"), ("GATILHO_ENDPOINT", endpoint),
        ("GATILHO_CONFIG", folder.configuration),
      ], [])
  }
}
