import Gupy

/// Invented applications as Gupy tells of them: each is created and then moves from step to step.
/// The same for the same seed and count, save the dates, which lie just before the start; their
/// order is the same for the same share out of order too.
package struct SimulatedEvents: Sendable {
  /// In the order in which each is delivered for the first time.
  package let all: [GupyEvent]
  /// How many come after the event that follows them.
  package let swapped: Int

  /// Events of one application are so many places apart, so that two of them are seldom on their way
  /// at once.
  private static let spacing = 20

  /// - Parameters:
  ///   - outOfOrder: how many of a hundred events that have a next one come after it.
  ///   - start: every event is earlier, by seconds.
  package init(
    count: Int, seed: UInt64, outOfOrder: Int = 0, start: Timestamp,
    spelling: GupyEvent.Spelling = .real
  ) {
    var (dice, order) = (Dice(seed: seed, stream: 0), Dice(seed: seed, stream: 1))
    let first = Int64.random(in: 700_000_000..<9_000_000_000, using: &dice)
    var drawn: [(place: Int, event: GupyEvent)] = []
    var (story, swapped) = (0, 0)
    while drawn.count < count {
      let whole = Self.story(first + Int64(story), before: start, spelling, &dice)
      var events = Array(whole.prefix(count - drawn.count))
      swapped += events.swapSome(of: outOfOrder, &order)
      for (index, event) in events.enumerated() {
        drawn.append((story + index * Self.spacing, event))
      }
      story += 1
    }
    self.swapped = swapped
    let sorted = drawn.enumerated().sorted { left, right in
      (left.element.place, left.offset) < (right.element.place, right.offset)
    }
    all = sorted.map(\.element.event)
  }

  /// What follows an application, in this order.
  private static let steps: [(name: String, type: String)] = [
    ("Cadastro", "register"), ("Teste de português", "online"),
    ("Entrevista com a loja", "offline"), ("Entrevista com o gerente", "offline"),
    ("Pré-contratação", "pre_hire"), ("Contratação", "final"),
  ]

  /// One application from its creation to any of the steps, a second from one to the next.
  private static func story(
    _ application: Int64, before start: Timestamp, _ spelling: GupyEvent.Spelling,
    _ dice: inout Dice
  ) -> [GupyEvent] {
    let person = person(application, &dice)
    let count = Int.random(in: 1...steps.count, using: &dice)
    return (0..<count).map { index in
      let date = Timestamp(milliseconds: start.milliseconds - Int64(count - index) * 1_000)
      var event = person
      event.date = date.description
      event.id = uuid(&dice)
      event.type = index == 0 ? "application.created" : "application.moved"
      event.step = steps[index].name
      event.stepType = steps[index].type
      event.previousStep = index == 0 ? nil : steps[index - 1].name
      event.spelling = spelling
      return event
    }
  }

  private static let firstNames = [
    "Bianca", "Heitor", "Inês", "João Pedro", "Júlia", "Lia", "Otávio", "Zoë",
  ]
  private static let lastNames = ["D'Ávila", "Gonçalves", "Prado", "Sant'Anna", "Souza Lima"]
  private static let jobs: [(id: Int64, name: String, branchCode: String)] = [
    (7_410_021, "Padeiro(a) Noturno", "SP-07"), (7_410_022, "Caixa – Moema", "SP-11"),
    (7_410_023, "Confeiteira & Confeiteiro", "RJ-02"), (7_410_024, "Gerente de Loja", "BA-01"),
  ]
  /// In an order that is the same each time.
  private static let areaCodes = PhoneNumber.areaCodes.sorted()

  /// An event of somebody who does not exist, and of the job that they want.
  private static func person(_ application: Int64, _ dice: inout Dice) -> GupyEvent {
    var event = GupyEvent(application: application, date: "")
    event.name = firstNames.draw(&dice)
    event.lastName = lastNames.draw(&dice)
    event.email = "candidato.\(application)@example.com"
    event.cpf = cpf(&dice)
    event.mobile = mobile(&dice)
    (event.jobID, event.job, event.branchCode) = jobs.draw(&dice)
    return event
  }

  /// One with right check digits, in one of the spellings that Gupy hands on. No one is given one
  /// digit repeated.
  private static func cpf(_ dice: inout Dice) -> String {
    var digits = (0..<9).map { _ in Int.random(in: 0...9, using: &dice) }
    if Set(digits).count == 1 { digits[0] = (digits[0] + 1) % 10 }
    for _ in 0..<2 { digits.append(CPF.checkDigit(of: digits[...])) }
    let text = digits.map(String.init).joined()
    let parts = [text.prefix(3), text.dropFirst(3).prefix(3), text.dropFirst(6).prefix(3)]
    return dice.isLucky(50) ? text : parts.joined(separator: ".") + "-" + text.suffix(2)
  }

  /// A Brazilian one in one of the spellings that Gupy hands on. The last four digits are none by
  /// which a fake provider is asked to fail (`Behaviour`).
  private static func mobile(_ dice: inout Dice) -> String {
    let area = areaCodes.draw(&dice)
    let (head, tail) = ("95555", String(Int.random(in: 3_000...9_999, using: &dice)))
    return ["+55\(area)\(head)\(tail)", "55\(area)\(head)\(tail)", "(\(area)) \(head)-\(tail)"]
      .draw(&dice)
  }

  private static func uuid(_ dice: inout Dice) -> String {
    let digits = [dice.next(), dice.next()].map { number in
      let text = String(number, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }.joined()
    let ends = [0, 8, 12, 16, 20, 32]
    let parts = zip(ends, ends.dropFirst()).map { digits.dropFirst($0).prefix($1 - $0) }
    return parts.joined(separator: "-")
  }
}

extension [GupyEvent] {
  /// Lets some change places with the next; how many.
  fileprivate mutating func swapSome(of percent: Int, _ dice: inout Dice) -> Int {
    var (index, swapped) = (0, 0)
    while index + 1 < count {
      let isSwapped = dice.isLucky(percent)
      if isSwapped { swapAt(index, index + 1) }
      swapped += isSwapped ? 1 : 0
      index += isSwapped ? 2 : 1
    }
    return swapped
  }
}

extension Array {
  /// Any of the elements, of which there is at least one.
  fileprivate func draw(_ dice: inout Dice) -> Element {
    self[Int.random(in: indices, using: &dice)]
  }
}
