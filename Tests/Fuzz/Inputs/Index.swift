import Configuration
import FastCGI
import FoundationEssentials
import Handler
import JSON
import Journal
import Lookup
import Pages

extension Readers {
  private static let day = "2026-03-04"

  /// Reads a file of the day index. All its readers say the same of a line, and the page and the metrics
  /// are answered whatever it says.
  func index(_ bytes: [UInt8]) throws -> String {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    let read = lines.compactMap { DayLine($0) }
    for line in lines { try check(line) }
    let counted = try summary(of: bytes)
    let again = try summary(of: read.flatMap { [UInt8(ascii: "\n")] + $0.json })
    try hold(counted == again, "lines count as what they say")
    try hold(
      try listed() == Set(read.map { [String($0.application), $0.eventId] }),
      "a list has what is counted")
    try checkLooks()
    let events = counted.hours.flatMap(\.events).reduce(0, +)
    return "\(read.count) of \(lines.count) lines, \(events) events"
  }

  private func check(_ bytes: ArraySlice<UInt8>) throws {
    let line = DayLine(bytes)
    try hold(line == DayLine(json: bytes), "a line is what its JSON says")
    let plain = DayLine(plain: bytes)
    try hold(plain == nil || plain == line, "the fast reader says the same or nothing")
    guard let line else { return }
    try hold(line.application >= 0, "an application's number is not negative")
    try hold(DayLine(line.json[...]) == line, "a line reads itself")
  }

  /// The summary of a day whose only file holds these bytes.
  private func summary(of bytes: [UInt8]) throws -> DaySummary {
    let folder = "\(journal.state)/days/\(Self.day)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: folder + "/fuzz.jsonl"))
    return journal.days.summary(of: Self.day, isOver: false, complain: Complaint { _ in })
  }

  /// The events that a list finds, each as its application's number and its id.
  private func listed() throws -> Set<[String]> {
    var latest = try journal.days.latest(complain: Complaint { _ in })
    var found: Set<[String]> = []
    while let line = latest.next() { found.insert([String(line.application), line.eventId]) }
    return found
  }

  private func checkLooks() throws {
    let configurations = Configurations(defaultFile: page, environment: Self.environment)
    let request = Request(method: "GET", parameters: [:], body: .complete([]))
    let endpoints = Endpoints(configurations) { _ in }
    let status = endpoints.status(request, now: Self.now)
    try hold(status.status == .ok, "the page is answered")
    let metrics = endpoints.metrics(request, now: Self.now)
    try hold(metrics.status == .ok, "the metrics are answered")
  }
}
