import Lookup

/// What events came to, as far as the bars tell it apart.
enum OutcomeGroup: String, CaseIterable {
  case accepted, ignored, waiting, needing

  init(_ status: EventStatus) {
    switch status {
    case .accepted: self = .accepted
    case .ignored: self = .ignored
    case .received, .unavailable: self = .waiting
    case .undeliverable, .rejected, .unconfirmed: self = .needing
    }
  }

  var words: Words {
    switch self {
    case .accepted: Words(pt: "Aceitas", en: "Accepted")
    case .ignored: Words(pt: "Sem mensagem devida", en: "No message due")
    case .waiting: Words(pt: "À espera", en: "Waiting")
    case .needing: Words(pt: "Não entregues", en: "Not delivered")
    }
  }
}

extension EventStatus {
  var words: Words {
    switch self {
    case .received: Words(pt: "Em andamento", en: "In hand")
    case .accepted: Words(pt: "Aceita", en: "Accepted")
    case .ignored: Words(pt: "Sem mensagem devida", en: "No message due")
    case .undeliverable: Words(pt: "Sem mensagem possível", en: "No message possible")
    case .rejected: Words(pt: "Recusada", en: "Refused")
    case .unavailable: Words(pt: "Ainda não enviada", en: "Not sent yet")
    case .unconfirmed: Words(pt: "Talvez enviada", en: "May have been sent")
    }
  }
}
