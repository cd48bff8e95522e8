import Journal

extension Standing {
  /// Where an event stands.
  package var words: Words {
    switch self {
    case .received: Words(pt: "Em andamento", en: "In hand")
    case .accepted: Words(pt: "Aceita", en: "Accepted")
    case .ignored: Words(pt: "Sem mensagem devida", en: "No message due")
    case .undeliverable: Words(pt: "Sem mensagem possível", en: "No message possible")
    case .rejected: Words(pt: "Recusada", en: "Refused")
    case .unavailable: Words(pt: "Ainda não enviada", en: "Not sent yet")
    case .unconfirmed: Words(pt: "Talvez enviada", en: "May have been sent")
    case .noRule: Words(pt: "Nenhuma regra serve", en: "No rule is for it")
    case .superseded: Words(pt: "Superada por outra mais nova", en: "Outdated")
    case .quarantine: Words(pt: "Não é evento da Gupy", en: "No event of Gupy's")
    }
  }

  /// What a person is told of events about which something is left to do; nil where nothing is.
  ///
  /// - Parameter application: the only application that the commands are for; nil for all.
  package func remedy(application: Int64? = nil) -> Remedy? {
    guard var remedy = Remedy.all.first(where: { $0.standing == self }) else { return nil }
    let only = application.map { " --application \($0)" } ?? ""
    remedy.commands = remedy.commands.map { ("gatilhoctl \($0)\(only)", $1) }
    return remedy
  }
}

/// What a person is told of events about which something is left to do.
package struct Remedy: Sendable {
  fileprivate let standing: Standing
  /// What the events have in common.
  package let name: Words
  /// Why, and what a person does first.
  package let advice: Words
  /// The commands that settle all such events, in their order, each with what it does.
  package fileprivate(set) var commands: [(command: String, effect: Words)]

  private init(
    _ standing: Standing, name: Words? = nil, _ advice: Words, retry: Words,
    close: Words? = nil, dismiss: Words? = nil
  ) {
    (self.standing, self.name, self.advice) = (standing, name ?? standing.words, advice)
    let again = standing == .unavailable ? "retry" : "retry --status \(standing.rawValue)"
    let ways = [
      (again, retry), (again + " --mark-accepted", close), ("events dismiss --all", dismiss),
    ]
    commands = ways.compactMap { command, effect in effect.map { (command, $0) } }
  }

  private static let settled = Words(
    pt: "resolvido por outro meio: encerra", en: "settled by other means: close it")

  fileprivate static let all = [
    Remedy(
      .unconfirmed,
      Words(
        pt: "O provedor não deu resposta legível. Confira antes no painel dele.",
        en: "The provider gave no readable answer. Look into its panel first."),
      retry: Words(pt: "não chegou: envia de novo", en: "it did not arrive: send again"),
      close: Words(pt: "chegou: encerra", en: "it arrived: close it")),
    Remedy(
      .rejected, name: Words(pt: "Recusada pelo provedor", en: "Refused by the provider"),
      Words(
        pt: "Corrija o modelo ou os dados no provedor.",
        en: "Mend the template or the data at the provider."),
      retry: Words(pt: "envia de novo", en: "send again"), close: settled),
    Remedy(
      .undeliverable, name: Words(pt: "Sem mensagem possível", en: "No message can be made"),
      Words(
        pt: "Falta um celular utilizável ou um valor que a mensagem exige."
          + " Avise o candidato por outro meio, ou corrija a regra.",
        en: "A usable mobile number, or a value that the message needs, is missing."
          + " Reach the candidate by other means, or mend the rule."),
      retry: Words(pt: "tenta de novo", en: "try again"), close: settled),
    Remedy(
      .noRule,
      Words(
        pt: "Se deve haver mensagem, escreva uma regra.", en: "If a message is due, write a rule."),
      retry: Words(pt: "envia", en: "send"), close: settled),
    Remedy(
      .superseded,
      Words(
        pt: "Uma mudança mais nova já tinha chegado.", en: "A newer move had come before it."),
      retry: Words(
        pt: "decide de novo: o que está superado fica assim",
        en: "decide again: what is outdated stays so")),
    Remedy(
      .quarantine,
      Words(
        pt: "JSON com o segredo certo que não é evento. Veja quem o envia.",
        en: "JSON with the right secret that is no event. See who sends it."),
      retry: Words(pt: "depois de atualizar: lê de novo", en: "after an update: read it again"),
      dismiss: Words(pt: "ninguém precisa deles: remove", en: "nobody needs them: remove them")),
    Remedy(
      .unavailable,
      Words(
        pt: "A repetição da Gupy envia; depois de duas horas, gatilhoctl retry.",
        en: "Gupy's repeats send it, and after two hours gatilhoctl retry."),
      retry: Words(pt: "envia agora", en: "send now")),
  ]
}

extension Words {
  /// Whether messages are sent, and if not, when one is, or who tries.
  ///
  /// - Parameter duration: says how long so many milliseconds are.
  package static func sending(
    _ trouble: CircuitBreaker.Trouble?, _ duration: (Int64) -> String
  ) -> Words {
    guard let trouble, !trouble.isClosed else { return Words(pt: "Em uso", en: "In use") }
    if let left = trouble.left.map(duration) {
      return Words(
        pt: "Envios pausados por mais \(left)", en: "Sending is paused for another \(left)")
    }
    guard let name = trouble.prober?.name else {
      return Words(pt: "A próxima mensagem serve de teste", en: "The next message tries")
    }
    return Words(pt: "Uma mensagem serve de teste (\(name))", en: "One message tries (\(name))")
  }
}
