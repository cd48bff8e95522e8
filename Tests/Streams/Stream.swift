import Sandbox

/// A short random story: what is configured, and what Gupy posts. Plain values, the same for the
/// same seed and number.
struct Stream {
  let rules: Rules
  let posts: [Post]

  /// The events in the order of their first delivery.
  var events: [Event] {
    posts.map(\.event).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

/// What the configuration says of messages.
struct Rules: Hashable {
  /// Whether moves, and applications, that come late still get their message.
  let sendsLateMoves, sendsLateApplications: Bool
  /// Whether the message of an interview goes out once an application only.
  let invitesOnce: Bool
  /// Whether there is a message for applications.
  let greets: Bool
}

/// What Gupy tells.
struct Event: Hashable {
  let id: String
  let application: Int64
  let isMove: Bool
  let minute: Int
  /// Whether its date is in another century, by somebody's wrong clock.
  let isAhead: Bool
  let step: Step
  let hasPhone: Bool

  /// Where the application stands. Nobody is told of the last one, however it is spelt.
  enum Step: String, CaseIterable {
    case test = "Teste de português"
    case interview = "Entrevista com a loja"
    case preparation = "Pré-contratação"
    case hiring = " CONTRATACAO"
  }
}

/// One delivery of an event, what the provider does with its message, and whether the handler
/// lives to answer.
struct Post {
  let event: Event
  let provider: FarEnd
  let crash: Crash?
}

/// How a kill leaves the lines that a delivery writes.
struct Crash: Equatable {
  /// Whether the message had left.
  let isSent: Bool
  /// How many lines it wanted to leave; `whole` says how many it can.
  let lines: Int
  /// How much of the line behind them is there too, from 0 to less than 1.
  let torn: Double

  /// How many of `count` new lines are whole. A message leaves behind the line of its attempt, and
  /// what becomes of it is written after that.
  func whole(of count: Int, attempt: Int?) -> Int {
    guard let attempt else { return min(lines, count) }
    return isSent ? min(max(lines, attempt + 1), count) : min(lines, attempt + 1)
  }
}

extension Stream {
  /// Draws a story.
  init(seed: UInt64, number: Int) {
    var dice = Dice(seed: seed, stream: number)
    rules = Rules(
      sendsLateMoves: dice.isLucky(40), sendsLateApplications: dice.isLucky(60),
      invitesOnce: dice.isLucky(50), greets: dice.isLucky(80))
    let applications = Int64.random(in: 1...3, using: &dice)
    var events = [Event(0, among: applications, &dice)]
    for number in 1..<Int.random(in: 2...4, using: &dice) {
      let twin = dice.isLucky(25) ? events.randomElement(using: &dice) : nil
      events.append(
        twin.map { Event(number, like: $0) } ?? Event(number, among: applications, &dice))
    }
    posts = (0..<Int.random(in: 3...6, using: &dice)).map { _ in
      Post(events[Int.random(in: events.indices, using: &dice)], &dice)
    }
  }
}

extension Event {
  fileprivate init(_ number: Int, among applications: Int64, _ dice: inout Dice) {
    id = "e\(number)"
    application = Int64.random(in: 1...applications, using: &dice)
    isMove = dice.isLucky(75)
    minute = Int.random(in: 1...4, using: &dice)
    isAhead = dice.isLucky(20)
    step =
      dice.isLucky(10)
      ? .hiring : [.test, .interview, .preparation][Int.random(in: 0...2, using: &dice)]
    hasPhone = dice.isLucky(90)
  }

  /// The same event as another registration at Gupy delivers it.
  fileprivate init(_ number: Int, like twin: Event) {
    id = "e\(number)"
    application = twin.application
    isMove = twin.isMove
    minute = twin.minute
    isAhead = twin.isAhead
    step = twin.step
    hasPhone = twin.hasPhone
  }
}

extension Post {
  fileprivate init(_ event: Event, _ dice: inout Dice) {
    self.event = event
    provider = dice.isLucky(50) ? .fine : FarEnd.allCases.randomElement(using: &dice) ?? .fine
    crash =
      dice.isLucky(35)
      ? Crash(
        isSent: dice.isLucky(50), lines: Int.random(in: 0...3, using: &dice),
        torn: dice.isLucky(50) ? Double.random(in: 0..<1, using: &dice) : 0) : nil
  }
}

extension Stream: CustomStringConvertible {
  /// One line a delivery.
  var description: String {
    posts.enumerated().reduce("\(rules)") { $0 + "\n\($1.offset + 1). \($1.element)" }
  }
}

extension Rules: CustomStringConvertible {
  var description: String {
    func word(_ isSo: Bool) -> String { isSo ? "deliver" : "ignore" }
    return "late moves: \(word(sendsLateMoves)), late applications: "
      + "\(word(sendsLateApplications)), interviews once: \(invitesOnce), "
      + "rule for applications: \(greets)"
  }
}

extension Post: CustomStringConvertible {
  var description: String { "\(event); the provider \(provider.rawValue)\(end)" }

  private var end: String {
    guard let crash else { return "" }
    return "; killed \(crash.isSent ? "after" : "before") the message left, with \(crash.lines) "
      + "new lines and \(Int(crash.torn * 100)) % of the next on disk"
  }
}

extension Event: CustomStringConvertible {
  var description: String {
    "\(id): application \(application) \(isMove ? "moved" : "created") at minute \(minute)"
      + "\(isAhead ? " of another century" : ""), "
      + "\(step.rawValue)\(hasPhone ? "" : ", no phone")"
  }
}
