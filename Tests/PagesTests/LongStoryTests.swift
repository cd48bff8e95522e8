import FastCGI
import FoundationEssentials
import Glibc
import Gupy
import Journal
import TestSupport
import Testing

@testable import Configuration
@testable import Handler
@testable import Lookup
@testable import Operations
@testable import Pages

/// Stories of many thousand lines: what looks at them takes a time that grows with their length.
@Suite struct LongStoryTests {
  private static let lines = 24_000
  private static let application: Int64 = 612_000_101

  private let folder: TemporaryFolder
  private let site: Site
  private let configurations: Configurations

  init() throws {
    folder = try TemporaryFolder(inMemory: true)
    let file = try folder.write(
      """
      { "gupy": { "secrets": ["env:S"] }, "state": "\(folder.path)", "recipients": "nobody",
        "provider": { "profile": "callbell",
          "settings": { "token": "env:S", "channel": "c", "optIn": true } },
        "messages": [{ "event": "application.moved", "template": "t" }] }
      """, to: "g.json")
    site = try Site(file: file, environment: ["S": "s"])
    configurations = Configurations(defaultFile: file, environment: ["S": "s"])
  }

  /// Writes a story and its index: so many events of two lines each, of which something is left to do
  /// or to ask.
  private func write(_ events: Int, _ outcome: String) throws {
    let now = Timestamp.now
    var (story, index) = ("", "")
    for number in 0..<events {
      let at = Timestamp(milliseconds: now.milliseconds - Int64(events - number))
      story += """
        {"at":"\(at)","event":{"application":{"id":"\(Self.application)"},\
        "candidate":{"mobileNumber":"+5511955550101","name":"Bianca"},"currentStep":{"name":"A"},\
        "date":"\(at)","problems":[],"type":"application.moved"},"eventId":"e\(number)"}
        {"at":"\(at)","eventId":"e\(number)","outcome":\(outcome)}

        """
      index += """

        {"application":"\(Self.application)","at":"\(at)","eventId":"e\(number)",\
        "status":"received","type":"application.moved"}
        """
    }
    let path = site.journal.path(of: Self.application)
    try FileManager.default.createDirectory(
      atPath: URL(filePath: path).deletingLastPathComponent().path(),
      withIntermediateDirectories: true)
    try Data(story.utf8).write(to: URL(filePath: path))
    let day = "\(folder.path)/days/\(now.description.prefix(10))"
    try FileManager.default.createDirectory(atPath: day, withIntermediateDirectories: true)
    try Data(index.utf8).write(to: URL(filePath: day + "/web1.jsonl"))
  }

  private func ask(_ query: String) -> String {
    let request = Request(
      method: "GET", parameters: ["QUERY_STRING": query], body: .complete([]))
    let response = Endpoints(configurations) { _ in }.status(request, now: .now)
    #expect(response.status == .ok)
    return String(decoding: response.body, as: UTF8.self)
  }

  // The bounds are those of a debug build, which takes ten times as long as the program that is shipped;
  // what is quadratic takes minutes.

  @Test
  func `a story of many lines is told soon, its latest lines on the page, all by the command`()
    throws
  {
    try write(Self.lines / 2, #"{"reason":"superseded","status":"ignored"}"#)
    let time = try processorSeconds {
      let page = ask("lang=en&application=\(Self.application)")
      #expect(page.matches(of: /<li><time/).count == 200)
      #expect(page.contains(" e11999<") && !page.contains(" e11899<"))
      #expect(page.contains("… and 23,800 earlier lines: gatilhoctl events show 612000101"))
      let story = try #require(try ApplicationStory(of: Self.application, in: site.journal))
      #expect(story.events.flatMap(\.lines).count == Self.lines)
      #expect(story.events.count == Self.lines / 2)
    }
    print("a story of \(Self.lines) lines: \(time) s")
    #expect(time < 20)
  }

  @Test func `a page that has to ask one story for hundreds of events reads it once`() async throws
  {
    try write(3_000, #"{"reason":"busy","status":"unavailable"}"#)
    let time = processorSeconds { _ = ask("lang=en") }
    print("a page that asks a story of 6000 lines: \(time) s")
    #expect(time < 20)
  }

  @Test func `a list of all events of one story reads it once`() throws {
    let complaint = Complaint { Issue.record("\($0)") }
    try write(3_000, #"{"reason":"busy","status":"unavailable"}"#)
    let time = try processorSeconds {
      var selection = EventSearch.Selection(since: Timestamp(milliseconds: 0), limit: 10_000)
      selection.step = "B"
      #expect(try EventSearch(site.journal).find(selection, complain: complaint).isEmpty)
      let retry = Retry(site)
      let found = try retry.find(
        since: Timestamp(milliseconds: 0), complain: { _ in }, unreadable: complaint)
      #expect(found.count == 3_000)
      for candidate in found.prefix(300) { _ = try retry.preview(candidate) }
    }
    print("lists of a story of 6000 lines: \(time) s")
    #expect(time < 30)
  }
}
