import FoundationEssentials
import HTTPClient
import JSON
import Sandbox
import TestSupport
import Testing

/// What was answered, and the seconds that it took.
struct Timed: Sendable {
  let answer: HTTPResponse
  let seconds: Double

  /// Expects gatilho's own answer, so that it came before nginx answered 504 in its place, and not
  /// sooner than this.
  func expect(
    _ status: String, _ reason: String? = nil, after seconds: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(answer.text("/status") == status, sourceLocation: sourceLocation)
    #expect(answer.text("/reason") == reason, sourceLocation: sourceLocation)
    #expect(self.seconds >= seconds, sourceLocation: sourceLocation)
  }
}

extension Stage {
  /// Delivers an event through nginx.
  func timed(_ event: GupyEvent) async throws -> Timed {
    let start = ContinuousClock.now
    let answer = try await gupy.post(event.body)
    return Timed(answer: answer, seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  /// The seconds that the provider's calls took, as the workers tell of their last request.
  func providerSeconds() throws -> Double {
    let log = try String(contentsOf: URL(filePath: folder.log), encoding: .utf8)
    let line = try #require(log.split(separator: "\n").last.flatMap { JSONValue(Array($0.utf8)) })
    return try #require(line.at("/milliseconds/provider")?.text.flatMap { Double($0) }) / 1_000
  }

  /// What a worker says to a request that nginx received some seconds ago, as the sum of both.
  func ask(
    _ event: GupyEvent, receivedSecondsAgo age: Double
  ) async throws -> (text: String, seconds: Double) {
    try await onThread {
      let start = ContinuousClock.now
      let text = self.ask(Self.parameters(event.body, receivedSecondsAgo: age), event.body)
      return (text, (ContinuousClock.now - start) / .seconds(1) + age)
    }
  }

  /// What nginx sends with a body.
  static func parameters(
    _ body: [UInt8], receivedSecondsAgo age: Double = 0
  ) -> [(String, String)] {
    [
      ("REQUEST_METHOD", "POST"), ("CONTENT_LENGTH", String(body.count)),
      ("HTTP_AUTHORIZATION", StageConfiguration.secret),
      ("GATILHO_RECEIVED_AT", String(Date.now.timeIntervalSince1970 - age)),
    ]
  }
}
