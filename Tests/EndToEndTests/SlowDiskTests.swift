import FastCGI
import Glibc
import JSON
import Sandbox
import TestSupport
import Testing

/// The answer leaves in time when the disk is slow or dead, and what comes to life again sends once.
@Suite struct SlowDiskTests {
  /// A stage whose only worker, once it runs, has its syncs delayed.
  ///
  /// - Parameter syncs: which of them, as strace(1) counts: all, or `1` for the first.
  private func onSlowDisk(
    seconds: Double, syncs: String = "1+", mobile: String = Marker.mobile(),
    _ body: @Sendable @escaping (Stage, GupyEvent) async throws -> Void
  ) async throws {
    try await onStage(workers: 1) { stage, gupy in
      #expect(try await gupy.post([], secret: nil).status == 401)
      let delay = Int(seconds * 1_000_000)
      let options = [
        "-e", "trace=fdatasync", "-e", "inject=fdatasync:delay_enter=\(delay):when=\(syncs)",
      ]
      try await stage.tracing(try #require(stage.workers.all.first), options) {
        try await body(stage, moved(mobile: mobile))
      }
    }
  }

  @Test func `a disk that takes 6 s for a sync is waited for`() async throws {
    try await onSlowDisk(seconds: 6) { stage, event in
      try await stage.timed(event).expect("accepted", after: 12)
    }
  }

  @Test func `a disk and a provider that are slow together are not waited for twice`() async throws
  {
    try await onSlowDisk(seconds: 6, mobile: Marker.mobile("0408")) { stage, event in
      try await stage.timed(event).expect("unconfirmed", LibcurlReason.timeout, after: 21)
    }
  }

  @Test func `an attempt that took too long to reach the disk is not made`() async throws {
    try await onSlowDisk(seconds: 15, syncs: "1") { stage, event in
      try await stage.timed(event).expect("unavailable", "deadline", after: 15)
      #expect(try stage.folder.received.all().isEmpty)
      #expect(try stage.journal(event.application).count == 3)
      #expect(try await stage.gupy.post(event.body).text("/status") == "accepted")
      #expect(try stage.folder.received.all().count == 1)
    }
  }

  @Test func `a dead disk is answered by nginx, and what comes to life again sends once`()
    async throws
  {
    try await onSlowDisk(seconds: 31, syncs: "1") { stage, event in
      let timed = try await stage.timed(event)
      #expect(timed.answer.status == 504)
      timed.expect("504", after: 27.5)
      #expect(timed.answer.text("/detail") == "Answered by nginx, not by gatilho.")
      // The repeat waits in the listen queue until the worker has come back.
      try await stage.timed(event).expect("accepted", after: 0)
      let kept = try stage.journal(event.application).compactMap { $0.at("/outcome/reason")?.text }
      #expect(kept == ["deadline"])
      #expect(try stage.folder.received.all().count == 1)
    }
  }

  @Test func `time in the queue and on the disk is taken from the provider's`() async throws {
    try await onSlowDisk(seconds: 6) { stage, event in
      let (text, seconds) = try await stage.ask(event, receivedSecondsAgo: 9)
      #expect(text.hasPrefix("Status: 503 ") && text.contains("\"reason\":\"deadline\""))
      #expect(seconds >= 21)
      #expect(try stage.folder.received.all().isEmpty)
    }
  }
}
