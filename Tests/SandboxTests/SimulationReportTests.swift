import HTTPClient
import Testing

@testable import Sandbox

/// What a simulation's figures are.
@Suite struct SimulationReportTests {
  @Test func `percentiles are the nearest rank's, whatever the order`() {
    var report = SimulationReport()
    #expect(report.latencies(percentiles: [50]).isEmpty)
    for number in (1...200).shuffled() { report.add(nil, after: .milliseconds(number)) }
    #expect(
      report.latencies(percentiles: [0, 50, 95, 99, 100])
        == [1, 100, 190, 198, 200].map { .milliseconds($0) })
  }

  @Test(arguments: [
    (200, #"{"id":"a","status":"accepted"}"#, "200 accepted"),
    (200, #"{"id":"a","status":"accepted","duplicate":true}"#, "200 duplicate"),
    (401, #"{"status":401,"title":"Unauthorized"}"#, "401 Unauthorized"),
    (429, #"{"status":429,"detail":"Answered by nginx, not by gatilho."}"#, "429"),
    (502, "<html>", "502"),
  ])
  func `an answer counts by its status and its word`(
    _ status: Int, _ body: String, _ words: String
  ) {
    var report = SimulationReport()
    report.add(HTTPResponse(status: status, body: Array(body.utf8)), after: .zero)
    #expect(report.answers == [words: 1])
  }
}
