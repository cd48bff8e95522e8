import Gupy

/// A person who does not exist, and the job that they want.
struct SimulatedCandidate {
  private let name: (first: String, last: String)
  private let cpf: String
  private let mobile: String
  private let job: (id: Int64, name: String, branchCode: String)

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

  /// Draws somebody: a CPF with right check digits, a Brazilian mobile number.
  init(_ dice: inout Dice) {
    name = (Self.firstNames.draw(&dice), Self.lastNames.draw(&dice))
    cpf = Self.cpf(&dice)
    mobile = Self.mobile(&dice)
    job = Self.jobs.draw(&dice)
  }

  /// Puts the person into an event.
  func fill(_ event: inout GupyEvent) {
    event.name = name.first
    event.lastName = name.last
    event.email = "candidato.\(event.application)@example.com"
    event.cpf = cpf
    event.mobile = mobile
    event.jobID = job.id
    event.job = job.name
    event.branchCode = job.branchCode
  }

  /// In one of the spellings that Gupy hands on. No one is given one digit repeated.
  private static func cpf(_ dice: inout Dice) -> String {
    var digits = (0..<9).map { _ in Int.random(in: 0...9, using: &dice) }
    if Set(digits).count == 1 { digits[0] = (digits[0] + 1) % 10 }
    for _ in 0..<2 { digits.append(CPF.checkDigit(of: digits[...])) }
    let text = digits.map(String.init).joined()
    let parts = [text.prefix(3), text.dropFirst(3).prefix(3), text.dropFirst(6).prefix(3)]
    return dice.isLucky(50) ? text : parts.joined(separator: ".") + "-" + text.suffix(2)
  }

  /// In one of the spellings that Gupy hands on. The last four digits are none by which a fake
  /// provider is asked to fail (`Behaviour`).
  private static func mobile(_ dice: inout Dice) -> String {
    let area = areaCodes.draw(&dice)
    let (head, tail) = ("95555", String(Int.random(in: 3_000...9_999, using: &dice)))
    return ["+55\(area)\(head)\(tail)", "55\(area)\(head)\(tail)", "(\(area)) \(head)-\(tail)"]
      .draw(&dice)
  }
}

extension Array {
  /// Any of the elements, of which there is at least one.
  fileprivate func draw(_ dice: inout Dice) -> Element {
    self[Int.random(in: indices, using: &dice)]
  }
}
