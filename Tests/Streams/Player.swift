import FoundationEssentials
import Gupy
import Handler
import Journal

/// Plays one stream through a house and compares each delivery with the model.
struct Player {
  private(set) var tally = Tally(streams: 1)
  let stream: Stream
  private let house: House
  private var model: Model
  private var answers: [Event: Model.Word] = [:]
  private var taken: [Event: Int] = [:]

  /// What went otherwise than the model says.
  struct Disagreement: Error {
    let text: String
  }

  init(_ stream: Stream, in house: House) {
    self.stream = stream
    self.house = house
    model = Model(stream.rules)
  }

  /// Plays to the end, where Gupy has repeated all that was not answered 200, and leaves the house
  /// as it was.
  mutating func play() throws {
    let deliveries = Result { try deliverAll() }
    let count = Result { try countAll() }
    try house.forget(applications)
    try deliveries.get()
    try count.get()
  }

  private var applications: Set<Int64> { Set(stream.events.map(\.application)) }
}

extension Player {
  private mutating func deliverAll() throws {
    for post in stream.posts { try deliver(post) }
    for event in stream.events where answers[event] == nil {
      try deliver(Post(event: event, provider: .fine, crash: nil))
    }
    try expect(stream.events.count, answers.count, "events that were answered 200 in the end")
  }

  private mutating func deliver(_ post: Post) throws {
    tally.deliveries += 1
    tally.crashes += post.crash == nil ? 0 : 1
    do {
      try compare(post, model.expect(post, tally.deliveries - 1))
    } catch let error as Disagreement {
      throw Disagreement(text: "delivery \(tally.deliveries), of \(post.event.id): \(error.text)")
    }
  }

  private mutating func compare(_ post: Post, _ expected: Model.Expectation) throws {
    let file = house.file(post.event.application)
    let before = file.bytes.wholeLines
    let result = try house.deliver(
      post, tally.deliveries - 1, by: stream.rules, isReachable: post.crash?.isSent != false)
    let after = file.bytes
    taken[post.event, default: 0] += post.provider.takes ? result.messages.count : 0
    try expect(expected.sends, result.messages.count, "messages")
    try expect(true, after.starts(with: before), "what stood on disk still stands there")
    let lines = NewLines(after[before.count...])
    try expect(expected.lines, lines.count, "new lines")
    for length in result.lengths {
      try expect(before.count + lines.lengthToAttempt, length, "bytes on disk when it was sent")
    }
    guard let crash = post.crash else {
      return try compare(Answer(result, of: post.event), expected)
    }
    file.cut(to: before.count + lines.length(after: crash))
  }

  private mutating func compare(_ answer: Answer, _ expected: Model.Expectation) throws {
    try expect(expected.code, answer.code, "status of \(answer.text)")
    try expect(expected.word, answer.word, "answer \(answer.text)")
    try expect(expected.isDuplicate, answer.isDuplicate, "is a duplicate")
    if answer.code == 200 { answers[answer.event] = answer.word }
  }

  private func expect<Value: Equatable>(
    _ expected: Value, _ found: Value, _ what: @autoclosure () -> String
  ) throws {
    guard expected != found else { return }
    throw Disagreement(text: "\(what()): expected \(expected), found \(found)")
  }
}

extension Player {
  /// Counts what was answered 200 and is not on disk, and what was sent twice.
  private mutating func countAll() throws {
    tally.sentTwice = taken.values.reduce(0) { $0 + max(0, $1 - 1) }
    for application in applications {
      let history = try house.journal.open(application, wait: .seconds(10)).history
      tally.lost += answers.count { event, word in
        event.application == application
          && history.entry(event.id)?.outcome.map(Model.Word.init) != word
      }
      try expect([], history.unreadableLines, "unreadable lines of application \(application)")
    }
  }
}
