import Glibc
import Gupy
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
  /// Lines that say something only another program knows.
  private var unknown: [ArraySlice<UInt8>] = []
  private var tail: ArraySlice<UInt8> = []

  /// The story of an application of which nothing was ever kept.
  package static var empty: History { History() }

  private init() {}

  /// Reads a file's bytes. Never fails: what cannot be read is reported in `unreadableLines`, and
  /// then every event without a final outcome is in doubt. A line that says something only another
  /// program knows puts its own event in doubt, and no other.
  ///
  /// - Parameter tell: told each line that can be read, and the place of its event's entry.
  init(_ bytes: [UInt8], tell: (Line, _ place: Int) -> Void = { _, _ in }) {
    var number = 0
    while let newline = bytes[length...].place(of: [UInt8(ascii: "\n")]) {
      number += 1
      add(bytes[length..<newline], number: number, tell)
      length = newline + 1
    }
    tail = bytes[length...]
    if !unreadable.isEmpty {
      for index in entries.indices { entries[index].isInDoubt = true }
    }
  }

  /// What is known of an event; nil when it was never kept.
  ///
  /// An id that stands only in an unreadable line is in doubt: its message may have been sent. Where
  /// an erasure has left nothing but ids of such a line, its event is an erased one.
  package func entry(_ eventId: String) -> Entry? {
    let lines = unreadable(holding: eventId)
    var entry = index(of: eventId).map { entries[$0] }
    if entry == nil, !lines.isEmpty { entry = Entry(eventId: eventId) }
    if !lines.isEmpty { entry?.isInDoubt = true }
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
    (unreadable + unknown).contains(where: \.isHalfErased)
      || entries.contains { $0.isErased && $0.outcome != $0.outcome?.erased }
  }

  /// What nobody knows what it says: the lines that cannot be read, those that only another program
  /// can, and what is torn at the end.
  package var unreadableTexts: [String] {
    (unreadable + unknown + [tail]).map { String(decoding: $0, as: UTF8.self) }
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
    _ bytes: ArraySlice<UInt8>, number: Int, _ tell: (Line, Int) -> Void
  ) {
    let line = Line(bytes)
    guard let (at, eventId) = line.map({ ($0.at, $0.eventId) }) ?? Line.place(of: bytes) else {
      unreadable.append(bytes)
      unreadableLines.append(number)
      return
    }
    let place = index(of: eventId) ?? append(eventId)
    entries[place].add(line?.kind, at: at, in: bytes.startIndex..<bytes.endIndex + 1)
    if let line {
      tell(line, place)
    } else {
      unknown.append(bytes)
    }
  }

  private mutating func append(_ eventId: String) -> Int {
    places[EventID(eventId)] = entries.count
    entries.append(Entry(eventId: eventId))
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
