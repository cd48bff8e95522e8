import Journal

/// What a person is told of events about which something is left to do.
extension RetryStatus {
  /// What the events have in common.
  package var name: Words {
    switch self {
    case .unconfirmed: Words(pt: "Talvez enviada", en: "May have been sent")
    case .rejected: Words(pt: "Recusada pelo provedor", en: "Refused by the provider")
    case .undeliverable: Words(pt: "Sem mensagem possível", en: "No message can be made")
    case .noRule: Words(pt: "Nenhuma regra serve", en: "No rule is for it")
    case .superseded: Words(pt: "Superada por outra mais nova", en: "Outdated")
    case .quarantine: Words(pt: "Não é evento da Gupy", en: "No event of Gupy's")
    case .unavailable: Words(pt: "Ainda não enviada", en: "Not sent yet")
    }
  }

  /// Why, and what a person does first.
  package var advice: Words {
    switch self {
    case .unconfirmed:
      Words(
        pt: "O provedor não deu resposta legível. Confira antes no painel dele.",
        en: "The provider gave no readable answer. Look into its panel first.")
    case .rejected:
      Words(
        pt: "Corrija o modelo ou os dados no provedor.",
        en: "Mend the template or the data at the provider.")
    case .undeliverable:
      Words(
        pt: "Falta um celular utilizável ou um valor que a mensagem exige."
          + " Avise o candidato por outro meio, ou corrija a regra.",
        en: "A usable mobile number, or a value that the message needs, is missing."
          + " Reach the candidate by other means, or mend the rule.")
    case .noRule:
      Words(
        pt: "Se deve haver mensagem, escreva uma regra.", en: "If a message is due, write a rule.")
    case .superseded:
      Words(
        pt: "Uma mudança mais nova já tinha chegado.", en: "A newer move had come before it.")
    case .quarantine:
      Words(
        pt: "JSON com o segredo certo que não é evento. Veja quem o envia.",
        en: "JSON with the right secret that is no event. See who sends it.")
    case .unavailable:
      Words(
        pt: "A repetição da Gupy envia; depois de duas horas, gatilhoctl retry.",
        en: "Gupy's repeats send it, and after two hours gatilhoctl retry.")
    }
  }

  /// The commands that settle all such events, in their order, each with what it does.
  ///
  /// - Parameter application: the only application that they are for; nil for all.
  package func commands(
    application: Int64? = nil
  ) -> [(command: String, effect: Words)] {
    let only = application.map { " --application \($0)" } ?? ""
    let retry = self == .unavailable ? "" : " --status \(rawValue)"
    let again = ("gatilhoctl retry\(retry)\(only)", retryEffect)
    guard let (other, effect) = otherWay else { return [again] }
    return [again, ("gatilhoctl \(other)\(only)", effect)]
  }

  private var retryEffect: Words {
    switch self {
    case .unconfirmed: Words(pt: "não chegou: envia de novo", en: "it did not arrive: send again")
    case .rejected: Words(pt: "envia de novo", en: "send again")
    case .undeliverable: Words(pt: "tenta de novo", en: "try again")
    case .noRule: Words(pt: "envia", en: "send")
    case .superseded:
      Words(
        pt: "decide de novo: o que está superado fica assim",
        en: "decide again: what is outdated stays so")
    case .quarantine:
      Words(pt: "depois de atualizar: lê de novo", en: "after an update: read it again")
    case .unavailable: Words(pt: "envia agora", en: "send now")
    }
  }

  /// The command that settles it without a message.
  private var otherWay: (command: String, effect: Words)? {
    let close = "retry --status \(rawValue) --mark-accepted"
    return switch self {
    case .unconfirmed: (close, Words(pt: "chegou: encerra", en: "it arrived: close it"))
    case .rejected, .undeliverable, .noRule:
      (
        close,
        Words(pt: "resolvido por outro meio: encerra", en: "settled by other means: close it")
      )
    case .quarantine:
      (
        "events dismiss --all",
        Words(pt: "ninguém precisa deles: remove", en: "nobody needs them: remove them")
      )
    case .superseded, .unavailable: nil
    }
  }
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
