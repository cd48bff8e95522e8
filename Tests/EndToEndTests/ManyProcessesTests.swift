import FoundationEssentials
import Glibc
import HTTPClient
import JSON
import Sandbox
import Testing

/// Many processes on one journal, and many copies of each event at once.
@Suite struct ManyProcessesTests {
  @Test func `64 processes and up to 16 copies of 500 events make one message each`() async throws {
    try await onStage(workers: 64) { stage, gupy in
      let events = (1...500).map { moved(Int64($0)) }
      let copies = events.flatMap { event in
        Array(repeating: event.body, count: Int.random(in: 1...16))
      }
      var again = try await deliver(copies.shuffled(), gupy)
      let repeats = again.count
      while !again.isEmpty { again = try await deliver(again, gupy) }
      let received = try stage.folder.received.all().map(\.id)
      #expect(received.count == 500)
      #expect(Set(received) == Set(events.map(\.id)))
      for event in events {
        let kinds = try stage.journal(event.application).map(\.kind)
        #expect(kinds == ["event", "attempt", "outcome"])
      }
      let lost = 500 - Set(received).count
      let sentTwice = received.count - Set(received).count
      print(
        "64 processes: \(copies.count) deliveries, \(repeats) repeated, lost \(lost), "
          + "sent twice \(sentTwice)")
    }
  }

  @Test func `of many idle workers a connection wakes one`() async throws {
    try await onStage(workers: 16) { stage, gupy in
      var before = 0
      try await eventually {
        let last = before
        try await Task.sleep(for: .milliseconds(200))
        before = try waits(of: stage.workers.all)
        return before == last
      }
      for _ in 0..<50 { #expect(try await gupy.post([], secret: "wrong").status == 401) }
      let count = try waits(of: stage.workers.all) - before
      print("50 requests, 16 workers: \(count) waits")
      #expect(count < 50 * 8)
    }
  }

  /// How often processes have waited for something.
  private func waits(of pids: Set<pid_t>) throws -> Int {
    try pids.reduce(0) { sum, pid in
      let status = try String(contentsOf: URL(filePath: "/proc/\(pid)/status"), encoding: .utf8)
      let line = try #require(status.firstMatch(of: /\nvoluntary_ctxt_switches:\t(\d+)/))
      return try sum + #require(Int(line.1))
    }
  }

  /// Delivers 64 at a time; what Gupy would repeat.
  private func deliver(_ bodies: [[UInt8]], _ gupy: FakeGupy) async throws -> [[UInt8]] {
    try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
      var again: [[UInt8]] = []
      for (index, body) in bodies.enumerated() {
        if index >= 64, let body = try await group.next() ?? nil { again.append(body) }
        group.addTask {
          let status = try await gupy.post(body).status
          #expect(status == 200 || status == 503)
          return status == 200 ? nil : body
        }
      }
      for try await body in group { if let body { again.append(body) } }
      return again
    }
  }
}
