import FoundationEssentials
import Gupy
import Handler
import Journal

extension Readers {
  private static let new = "an event that comes next"

  /// Reads an application's file. Appending to it changes nothing of what it said.
  func journal(_ bytes: [UInt8]) throws -> String {
    let before: History
    do {
      var story = try story(holding: bytes)
      before = story.history
      try check(before)
      let attempt = Attempt(provider: "p", template: nil, rule: nil)
      try story.keep(Self.new, adding: [Line(at: nil, eventId: Self.new, .attempt(attempt))])
    }
    let after = try story().history
    let whole = Data(bytes.prefix((bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1))
    let file = try Data(contentsOf: URL(filePath: journal.path(of: Self.application)))
    try hold(file.prefix(whole.count) == whole, "whole lines stay as they are")
    try hold(file.last == UInt8(ascii: "\n"), "what is torn is cut off")
    try hold(after.unreadableLines == before.unreadableLines, "lines stay readable")
    try hold(after.entry(Self.new)?.attempt != nil, "what is appended is read")
    for (old, new) in zip(before.others(than: Self.new), after.others(than: Self.new)) {
      let isSame = old.eventId.utf8.elementsEqual(new.eventId.utf8)
      try hold(isSame && old.standing == new.standing, "events stay what they are")
    }
    try checkErasure(of: bytes, before)
    return "\(before.entries.count) events, unreadable lines \(before.unreadableLines)"
  }

  /// Erasing leaves the lines their places, every event known, and none due that was not.
  ///
  /// It reads everything three times more; of a long text the time for one reading is looked at.
  private func checkErasure(of bytes: [UInt8], _ before: History) throws {
    guard bytes.count < 65_536 else { return }
    var story = try story(holding: bytes)
    try story.erase()
    _ = consume story
    let after = try self.story().history
    let size = try Data(contentsOf: URL(filePath: journal.path(of: Self.application))).count
    try hold(size == (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1, "lines keep their length")
    let naming = EventPath.allCases.filter { $0.rawValue.hasPrefix("candidate.") }
    let isNamed = after.entries.contains { entry in naming.contains { entry.event?[$0] != nil } }
    try hold(!isNamed, "nobody is named any more")
    for entry in before.entries {
      let left = after.entry(entry.eventId)
      let isDue = left?.standing == .received || left?.standing == .unavailable
      try hold(left != nil, "an erased event is known")
      try hold(!isDue || left?.standing == entry.standing, "an erased event does not become due")
    }
  }

  private func check(_ history: History) throws {
    for entry in history.entries {
      let found = history.entry(entry.eventId)
      try hold(found?.standing == entry.standing, "an event is found by its id")
      let isOpen = entry.standing == .received || entry.standing == .unavailable
      try hold(history.unreadableLines.isEmpty || !isOpen, "an unreadable line leaves doubt")
      if entry.attempt != nil && entry.outcome == nil {
        try hold(entry.standing == .unconfirmed, "an attempt without an outcome is in doubt")
      }
      guard let details = entry.event else { continue }
      let event = WebhookEvent(id: entry.eventId, details: details)
      for policy in policies { try check(policy.decide(event, history: history)) }
    }
  }

  /// The application's file, open, with these bytes in it or as it is.
  func story(holding bytes: [UInt8]? = nil) throws -> Story {
    if let bytes {
      try Data(bytes).write(to: URL(filePath: journal.path(of: Self.application)))
    }
    return try journal.open(Self.application, wait: .seconds(10))
  }
}
