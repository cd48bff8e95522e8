import Journal
import Lookup

extension Standing {
  /// What events came to, as far as the bars tell it apart.
  enum Group: String, CaseIterable {
    case accepted, ignored, waiting, needing
  }

  var group: Group {
    switch self {
    case .accepted: .accepted
    case .ignored, .noRule, .superseded: .ignored
    case .received, .unavailable: .waiting
    case .undeliverable, .rejected, .unconfirmed, .quarantine: .needing
    }
  }
}

extension Standing.Group {
  var words: Words {
    switch self {
    case .accepted: Words(pt: "Aceitas", en: "Accepted")
    case .ignored: Words(pt: "Sem mensagem devida", en: "No message due")
    case .waiting: Words(pt: "À espera", en: "Waiting")
    case .needing: Words(pt: "Não entregues", en: "Not delivered")
    }
  }
}
