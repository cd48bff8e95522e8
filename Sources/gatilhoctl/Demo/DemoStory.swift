import Gupy
import Sandbox

/// The webhooks of the demo, each with what it must lead to.
struct DemoStory {
  /// One delivery: what came, how it is sent, what must be answered.
  struct Scene {
    let title: String
    let body: [UInt8]
    let secret: String
    let status: Int
    /// The answer's `status`; nil for an answer that is a problem.
    let outcome: String?
    let reason: String?
    let isDuplicate: Bool

    init(
      _ title: String, _ body: [UInt8], secret: String = StageConfiguration.secret,
      _ status: Int, _ outcome: String?, _ reason: String? = nil, isDuplicate: Bool = false
    ) {
      (self.title, self.body, self.secret, self.status) = (title, body, secret, status)
      (self.outcome, self.reason, self.isDuplicate) = (outcome, reason, isDuplicate)
    }
  }

  /// Whether the provider can be asked what became of a message.
  let canConfirm: Bool
  /// Whether the provider that hangs is left out.
  let isQuick: Bool
  private let start = Timestamp.now

  var scenes: [Scene] { bianca + others + provider + (isQuick ? [] : hanging) }

  /// One more event, for whoever wants to try.
  var extra: GupyEvent { applied(10, minute: 30, name: "Nina") }

  private var bianca: [Scene] {
    let move = event(1, minute: 20, step: "Entrevista com a loja").body
    let older = event(1, minute: 10, step: "Teste de português").body
    var hired = event(1, minute: 30, step: "Contratação")
    hired.stepType = "final"
    return [
      Scene("Bianca applies", applied(1, minute: 0).body, 200, "accepted"),
      Scene("Bianca moves to another step", move, 200, "accepted"),
      Scene("the same move again", move, 200, "accepted", isDuplicate: true),
      Scene("an older move, late", older, 200, "ignored", "superseded"),
      Scene("Bianca moves to Contratação", hired.body, 200, "ignored", "exceptedStep"),
    ]
  }

  private var others: [Scene] {
    let number = "(21) 9 5555-0102"
    let moves = event(2, minute: 15, step: "Teste de português", name: "Heitor", mobile: number)
    var applies = applied(2, minute: 14, name: "Heitor", mobile: number)
    applies.cpf = "111.444.777-35"
    var noPhone = applied(3, minute: 16, name: "Caio")
    noPhone.mobile = nil
    let foreign = applied(4, minute: 17, name: "Inês", mobile: "+351 912 345 678")
    var badCPF = applied(5, minute: 18, name: "Davi", mobile: "+5511955550105")
    badCPF.cpf = "123.456.789-00"
    return [
      Scene("Heitor's move comes first …", moves.body, 200, "accepted"),
      Scene("… and then his application", applies.body, 200, "accepted"),
      Scene("Caio has no mobile number", noPhone.body, 200, "undeliverable"),
      Scene("Inês has a Portuguese number", foreign.body, 200, "accepted"),
      Scene("Davi's CPF is wrong", badCPF.body, 200, "accepted"),
      Scene("a wrong secret", applied(6, minute: 19).body, secret: "errado", 401, nil),
      Scene("not JSON", Array("{\"id\":\"9d2c7f10".utf8), 200, "quarantined"),
    ]
  }

  private var provider: [Scene] {
    let limited = applied(7, minute: 20, name: "Júlia", mobile: "+5511955550429").body
    let refused = applied(8, minute: 21, name: "Lia", mobile: "+5511955550400").body
    return [
      Scene("the provider says 429", limited, 503, "unavailable"),
      Scene("Gupy repeats it", limited, 200, "accepted"),
      Scene("the provider refuses for good", refused, 200, "rejected"),
    ]
  }

  private var hanging: [Scene] {
    let event = applied(9, minute: 22, name: "Otávio", mobile: "+5511955550408").body
    let (hangs, asked, held) = (
      "the provider hangs (10 s)", "Gupy repeats it: it is asked", "Gupy repeats it: it is held"
    )
    guard canConfirm else {
      return [
        Scene(hangs, event, 200, "unconfirmed"),
        Scene(held, event, 200, "unconfirmed", isDuplicate: true),
      ]
    }
    return [Scene(hangs, event, 503, "unconfirmed"), Scene(asked, event, 200, "accepted")]
  }

  private func applied(
    _ number: Int64, minute: Int64, name: String = "Bianca", mobile: String = "+5511955550101"
  ) -> GupyEvent {
    var event = event(number, minute: minute, step: "Cadastro", name: name, mobile: mobile)
    event.type = "application.created"
    event.stepType = "register"
    event.previousStep = nil
    return event
  }

  private func event(
    _ number: Int64, minute: Int64, step: String, name: String = "Bianca",
    mobile: String = "+5511955550101"
  ) -> GupyEvent {
    let date = Timestamp(milliseconds: start.milliseconds + (minute - 60) * 60_000)
    var event = GupyEvent(application: 612_000_100 + number, date: date.description)
    event.name = name
    event.mobile = mobile
    event.step = step
    return event
  }
}
