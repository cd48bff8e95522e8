import Glibc
import JSON

/// One application's whole story as it stands on disk.
package struct History: Sendable {
  /// The events in the order in which they first arrived.
  package private(set) var entries: [Entry] = []
  /// The numbers, from 1, of lines that are not what gatilho writes.
  package private(set) var unreadableLines: [Int] = []
  /// The length up to and including the last newline: what stands behind it is torn.
  private(set) var length = 0
  /// Where an event's entry stands.
  private var places: [EventID: Int] = [:]
  private var unreadable: [ArraySlice<UInt8>] = []
  private var tail: ArraySlice<UInt8> = []

  /// The story of an application of which nothing was ever kept.
  package static var empty: History { History() }

  private init() {}

  /// Reads a file's bytes. Never fails: what cannot be read is reported in `unreadableLines`, and
  /// then every event without a final outcome is in doubt.
  ///
  /// - Parameters:
  ///   - event: what events are read as.
  ///   - tell: told each line that can be read, and the place of its event's entry.
  init(
    _ bytes: [UInt8], keeping event: any KeptEvent.Type,
    tell: (Line, _ place: Int) -> Void = { _, _ in }
  ) {
    var number = 0
    while let newline = bytes[length...].place(of: [UInt8(ascii: "\n")]) {
      number += 1
      add(bytes[length..<newline], number: number, keeping: event, tell)
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
  package func entry(_ eventId: String) -> Entry? {
    let lines = unreadable(holding: eventId)
    var entry = index(of: eventId).map { entries[$0] }
    if entry == nil, !lines.isEmpty {
      entry = Entry(eventId: eventId, firstAt: "")
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
  package func others(than eventId: String) -> [Entry] {
    var others = entries
    if let index = index(of: eventId) { others.remove(at: index) }
    return others
  }

  /// The entries that arrived before the event, or all when it is not here yet.
  package func earlier(than eventId: String) -> ArraySlice<Entry> {
    entries.prefix(index(of: eventId) ?? entries.count)
  }

  private func index(of eventId: String) -> Int? { places[EventID(eventId)] }

  private mutating func add(
    _ bytes: ArraySlice<UInt8>, number: Int, keeping event: any KeptEvent.Type,
    _ tell: (Line, Int) -> Void
  ) {
    guard let line = Line(bytes, keeping: event) else {
      unreadable.append(bytes)
      unreadableLines.append(number)
      return
    }
    let index = index(of: line.eventId) ?? append(line)
    entries[index].add(line, at: bytes.startIndex..<bytes.endIndex + 1)
    tell(line, index)
  }

  private mutating func append(_ line: Line) -> Int {
    places[EventID(line.eventId)] = entries.count
    entries.append(Entry(eventId: line.eventId, firstAt: line.at))
    return entries.endIndex - 1
  }
}

/// An event's id by its bytes: Unicode's equal spellings are two ids.
private struct EventID: Hashable {
  private let bytes: [UInt8]

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

extension ArraySlice<UInt8> {
  /// Whether some bytes stand in it.
  func holds(_ other: [UInt8]) -> Bool { place(of: other) != nil }
}
