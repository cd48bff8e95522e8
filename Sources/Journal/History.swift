import Glibc
import JSON

/// One application's whole story as it stands on disk.
package struct History<Event: JSONConvertible & Sendable>: Sendable {
  /// The events in the order in which they first arrived.
  package private(set) var entries: [Entry<Event>] = []
  /// The numbers, from 1, of lines that are not what gatilho writes.
  package private(set) var unreadableLines: [Int] = []
  /// The length up to and including the last newline: what stands behind it is torn.
  private(set) var length = 0
  /// The entries' event ids: to look through entries would copy each.
  private var ids: [String] = []
  private var unreadable: [ArraySlice<UInt8>] = []
  private var tail: ArraySlice<UInt8> = []

  /// The story of an application of which nothing was ever kept.
  package static var empty: History { History([]) }

  /// Reads a file's bytes. Never fails: what cannot be read is reported in `unreadableLines`, and
  /// then every event without a final outcome is in doubt.
  init(_ bytes: [UInt8]) {
    var number = 0
    while let newline = bytes[length...].firstIndex(of: UInt8(ascii: "\n")) {
      number += 1
      add(bytes[length..<newline], number: number)
      length = newline + 1
    }
    tail = bytes[length...]
    if !unreadable.isEmpty {
      for index in entries.indices { entries[index].doubt() }
    }
  }

  /// What is known of an event; nil when it was never kept.
  ///
  /// An id that stands only in an unreadable line is in doubt: its message may have been sent. Where
  /// an erasure has left nothing but ids of such a line, its event is an erased one.
  package func entry(_ eventId: String) -> Entry<Event>? {
    let lines = unreadable(holding: eventId)
    var entry = index(of: eventId).map { entries[$0] }
    if entry == nil, !lines.isEmpty {
      entry = Entry<Event>(eventId: eventId, firstAt: "")
      entry?.doubt()
    }
    if lines.contains(where: \.isBlanked) { entry?.isErased = true }
    return entry
  }

  private func unreadable(holding eventId: String) -> [ArraySlice<UInt8>] {
    guard !unreadable.isEmpty else { return [] }
    let quoted = eventId.json.dropFirst().dropLast()
    let names = [Array(eventId.utf8), Array(quoted)]
    return unreadable.filter { line in names.contains(where: line.holds) }
  }

  /// Whether a power loss has interrupted an erasure: a line is half erased, or an event is whose
  /// outcome is not.
  package var isHalfErased: Bool {
    unreadable.contains(where: \.isHalfErased)
      || entries.contains { $0.isErased && $0.outcome != $0.outcome?.erased }
  }

  /// The lines that cannot be read, and what is torn at the end.
  package var unreadableTexts: [String] {
    (unreadable + [tail]).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The entries of all other events.
  package func others(than eventId: String) -> [Entry<Event>] {
    entries.filter { !$0.isOf(eventId) }
  }

  /// The entries that arrived before the event, or all when it is not here yet.
  package func earlier(than eventId: String) -> ArraySlice<Entry<Event>> {
    entries.prefix { !$0.isOf(eventId) }
  }

  private func index(of eventId: String) -> Int? {
    // An event's lines mostly stand together.
    ids.lastIndex { $0.isSameID(as: eventId) }
  }

  private mutating func add(_ bytes: ArraySlice<UInt8>, number: Int) {
    guard let line = Line<Event>(bytes) else {
      unreadable.append(bytes)
      unreadableLines.append(number)
      return
    }
    let index = index(of: line.eventId) ?? append(line)
    entries[index].add(line, at: bytes.startIndex..<bytes.endIndex + 1)
  }

  private mutating func append(_ line: Line<Event>) -> Int {
    ids.append(line.eventId)
    entries.append(Entry(eventId: line.eventId, firstAt: line.at))
    return entries.endIndex - 1
  }
}

extension ArraySlice<UInt8> {
  /// Whether some bytes stand in it.
  func holds(_ other: [UInt8]) -> Bool { place(of: other) != nil }

  /// Where some bytes stand first; nil where they do not.
  func place(of other: [UInt8]) -> Int? {
    withUnsafeBytes { bytes in
      other.withUnsafeBytes { other in
        guard let start = bytes.baseAddress, let wanted = other.baseAddress else { return nil }
        return memmem(start, bytes.count, wanted, other.count).map {
          startIndex + (UnsafeRawPointer($0) - start)
        }
      }
    }
  }
}
