import FastCGI
import FoundationEssentials
import Messaging
import Sandbox
import TestSupport
import Testing

/// A kill keeps the page cache, so a missing sync turns no crash test red: the order of the system
/// calls themselves is looked at.
@Suite struct SyncOrderTests {
  private static let calls =
    "trace=recvfrom,openat,mkdir,newfstatat,fstat,pwrite64,ftruncate,fdatasync,fsync,linkat,link,connect,sendto,write,close"

  @Test(arguments: Scenario.allCases)
  func `every byte is synced before it is relied upon`(_ scenario: Scenario) async throws {
    let rig = try Rig(Rig.Provider())
    let event = scenario.event
    for earlier in scenario.earlier(event) { _ = try await rig.deliver(earlier.body) }
    try await expectOrder(rig, event.body)
  }

  @Test(arguments: ["refuse", "always busy", "babble"])
  func `whatever the provider says`(_ job: String) async throws {
    let rig = try Rig(Rig.Provider())
    var event = Scenario.newEvent.event
    event.job = job
    for _ in 0..<2 { try await expectOrder(rig, event.body) }
  }

  @Test func `an event without a phone, and a body that is no event`() async throws {
    let rig = try Rig(Rig.Provider())
    var event = Scenario.newEvent.event
    event.mobile = nil
    try await expectOrder(rig, event.body)
    // The second time it is there already, and only its name is synced again.
    for isFirst in [true, false] {
      let delivery = try await rig.deliver(Array("{}".utf8), strace: ["-e", Self.calls])
      #expect(delivery.isDone)
      let calls = Array(delivery.trace.handling)
      let answer = try #require(calls.firstIndex { $0.isAnswer })
      let link = calls.firstIndex { $0.name.hasPrefix("link") }
      #expect((link != nil) == isFirst)
      #expect(calls[..<(link ?? answer)].contains { $0.name == "fsync" && $0.result == 0 })
      #expect(calls[(link ?? 0)..<answer].contains { $0.name == "fsync" && $0.result == 0 })
    }
  }

  private func expectOrder(_ rig: Rig, _ body: [UInt8]) async throws {
    let delivery = try await rig.deliver(body, strace: ["-e", Self.calls])
    #expect(delivery.answer != nil)
    var order = SyncOrder()
    for call in delivery.trace.handling { order.follow(call) }
    #expect(order.violations == [])
    #expect(order.answers == 1)
  }
}

/// Follows the calls of one delivery and notes what is relied upon before it is on disk.
private struct SyncOrder {
  private(set) var violations: [String] = []
  private(set) var answers = 0
  private var story: Int?
  private var isEmpty = false
  private var isDirty = false
  private var isSynced = false
  private var folders: [Int: String] = [:]
  private var syncedFolders: Set<String> = []

  mutating func follow(_ call: Trace.Call) {
    switch call.name {
    case "openat" where call.result ?? -1 >= 0: open(call)
    case "fstat", "newfstatat":
      if isStory(call), call.arguments.contains("st_size=0") { isEmpty = true }
    case "fsync" where call.result == 0:
      if let path = folders[call.descriptor ?? -1] { syncedFolders.insert(path) }
    case "pwrite64" where isStory(call): write()
    case "fdatasync" where isStory(call) && call.result == 0:
      (isDirty, isSynced) = (false, true)
    case "connect", "sendto": rely("sent")
    default: if call.isAnswer { answer() }
    }
  }

  private func isStory(_ call: Trace.Call) -> Bool {
    story != nil && call.descriptor == story
  }

  private mutating func open(_ call: Trace.Call) {
    let path = call.arguments.split(separator: "\"").dropFirst().first.map(String.init) ?? ""
    if path.contains("/applications/"), path.hasSuffix(".jsonl") {
      story = call.result
    } else if let descriptor = call.result, call.arguments.contains("O_DIRECTORY") {
      folders[descriptor] = path
    }
  }

  private mutating func write() {
    isDirty = true
    guard isEmpty else { return }
    let hasParent = syncedFolders.contains { $0.hasSuffix("/..") }
    let hasFolder = syncedFolders.contains { $0.hasSuffix("/101") }
    if !hasParent || !hasFolder { violations.append("first byte before its folders are synced") }
  }

  private mutating func rely(_ what: String) {
    if isDirty || !isSynced { violations.append("\(what) before a sync") }
  }

  private mutating func answer() {
    answers += 1
    rely("answered")
  }
}

extension Trace.Call {
  /// The answer on its way to nginx.
  fileprivate var isAnswer: Bool { name == "write" && arguments.contains("Status: ") }
}
