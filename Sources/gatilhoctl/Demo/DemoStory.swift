import Gupy
import Handler
import Sandbox

/// The webhooks of the demo, each with what it must lead to.
struct DemoStory {
  /// One delivery: what came, how it is sent, what must be answered.
  struct Scene {
    let title: String
    var body: [UInt8]
    var secret: String? = StageConfiguration.secret
    let status: Int
    /// The answer's `status`; nil for an answer that is a problem.
    let outcome: String?
    var reason: String?
    var isDuplicate = false
  }

  /// Whether the provider can be asked what became of a message.
  let canConfirm: Bool
  /// Whether the provider that hangs is left out.
  let isQuick: Bool
  private let start = Timestamp.now

  /// All scenes in the order in which they are sent.
  var scenes: [Scene] {
    bianca + [
      Scene(
        title: "Heitor's move comes first …", body: heitor.body, status: 200, outcome: "accepted"),
      Scene(
        title: "… and then his application", body: heitorApplies.body, status: 200,
        outcome: "accepted"),
    ] + candidates + refusals + provider
  }

  /// One more event, for whoever wants to try.
  var extra: GupyEvent { applied(10, minute: 30, name: "Nina") }

  private var bianca: [Scene] {
    let move = event(1, minute: 20, step: "Entrevista com a loja")
    let older = event(1, minute: 10, step: "Teste de português")
    var hired = event(1, minute: 30, step: "Contratação")
    hired.stepType = "final"
    return [
      Scene(
        title: "Bianca applies", body: applied(1, minute: 0).body, status: 200,
        outcome: "accepted"),
      Scene(
        title: "Bianca moves to another step", body: move.body, status: 200, outcome: "accepted"),
      Scene(
        title: "the same move again", body: move.body, status: 200, outcome: "accepted",
        isDuplicate: true),
      Scene(
        title: "an older move, late", body: older.body, status: 200, outcome: "ignored",
        reason: "superseded"),
      Scene(
        title: "Bianca moves to Contratação", body: hired.body, status: 200, outcome: "ignored",
        reason: "exceptedStep"),
    ]
  }

  private var heitor: GupyEvent {
    event(2, minute: 15, step: "Teste de português", name: "Heitor", mobile: "(21) 9 5555-0102")
  }

  private var heitorApplies: GupyEvent {
    var event = applied(2, minute: 14, name: "Heitor", mobile: "(21) 9 5555-0102")
    event.cpf = "111.444.777-35"
    return event
  }

  private var candidates: [Scene] {
    var noPhone = applied(3, minute: 16, name: "Caio")
    noPhone.mobile = nil
    var badCPF = applied(5, minute: 18, name: "Davi", mobile: "+5511955550105")
    badCPF.cpf = "123.456.789-00"
    let foreign = applied(4, minute: 17, name: "Inês", mobile: "+351 912 345 678")
    return [
      Scene(
        title: "Caio has no mobile number", body: noPhone.body, status: 200,
        outcome: "undeliverable"),
      Scene(
        title: "Inês has a Portuguese number", body: foreign.body, status: 200,
        outcome: "accepted"),
      Scene(title: "Davi's CPF is wrong", body: badCPF.body, status: 200, outcome: "accepted"),
    ]
  }

  private var refusals: [Scene] {
    [
      Scene(
        title: "a wrong secret", body: applied(6, minute: 19).body, secret: "errado", status: 401,
        outcome: nil),
      Scene(
        title: "not JSON", body: Array("{\"id\":\"9d2c7f10".utf8), status: 200,
        outcome: "quarantined"),
    ]
  }

  private var provider: [Scene] {
    let limited = applied(7, minute: 20, name: "Júlia", mobile: "+5511955550429")
    let refused = applied(8, minute: 21, name: "Lia", mobile: "+5511955550400")
    let hanging = applied(9, minute: 22, name: "Otávio", mobile: "+5511955550408")
    return [
      Scene(
        title: "the provider says 429", body: limited.body, status: 503, outcome: "unavailable"),
      Scene(title: "Gupy repeats it", body: limited.body, status: 200, outcome: "accepted"),
      Scene(
        title: "the provider refuses for good", body: refused.body, status: 200,
        outcome: "rejected"),
    ] + (isQuick ? [] : canConfirm ? asked(hanging) : held(hanging))
  }

  private func held(_ hanging: GupyEvent) -> [Scene] {
    [
      Scene(
        title: "the provider hangs (10 s)", body: hanging.body, status: 200,
        outcome: "unconfirmed"),
      Scene(
        title: "Gupy repeats it: it is held", body: hanging.body, status: 200,
        outcome: "unconfirmed", isDuplicate: true),
    ]
  }

  private func asked(_ hanging: GupyEvent) -> [Scene] {
    [
      Scene(
        title: "the provider hangs (10 s)", body: hanging.body, status: 503,
        outcome: "unconfirmed"),
      Scene(
        title: "Gupy repeats it: it is asked", body: hanging.body, status: 200, outcome: "accepted"),
    ]
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
