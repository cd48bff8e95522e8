import Gupy
import Lookup

extension Concern {
  /// What is not as it should be.
  ///
  /// - Parameter moment: says when something was.
  package func sentence(_ moment: (Timestamp) -> String) -> Words {
    let beginning = since.map(moment).map { Words(pt: " desde \($0)", en: " since \($0)") }
    let since = beginning ?? Words("")
    let evidence = evidence.map { " (\($0))" } ?? ""
    return switch kind {
    case .state:
      Words(
        pt: "A pasta de dados não aceita escrita\(evidence): nenhum webhook pode ser guardado.",
        en: "The state folder cannot be written\(evidence): no webhook can be kept.")
    case .noRoom:
      Words(
        pt: "O disco está cheio\(evidence): nenhum webhook pode ser guardado.",
        en: "The disk is full\(evidence): no webhook can be kept.")
    case .unreadable:
      Words(
        pt: "Algo na pasta de dados não pode ser lido ou gravado\(evidence)\(since.pt).",
        en: "Something in the state folder cannot be read or written\(evidence)\(since.en).")
    case .failing:
      Words(
        pt: "Nenhuma entrega foi respondida com 200\(since.pt).",
        en: "No delivery was answered 200\(since.en).")
    case .keyRefused:
      Words(
        pt: "O provedor recusa a conta, a chave ou o endereço\(evidence)\(since.pt).",
        en: "The provider refuses the account, the key or the address\(evidence)\(since.en).")
    case .paused:
      Words(
        pt: "O provedor falhou três vezes seguidas\(evidence): envios pausados\(since.pt).",
        en: "The provider failed three times in a row\(evidence): sending is paused\(since.en).")
    case .stuck:
      Words(
        pt: "Um processo está travado\(evidence)\(since.pt).",
        en: "A process does not go on\(evidence)\(since.en).")
    case .busy:
      Words(
        pt: "Os webhooks esperam demais por um processo livre\(evidence)\(since.pt).",
        en: "Webhooks wait too long for a worker\(evidence)\(since.en).")
    case .clock:
      Words(
        pt: "Os relógios do nginx e dos processos divergem\(evidence)\(since.pt).",
        en: "nginx's clock and the workers' differ\(evidence)\(since.en).")
    case .secret:
      Words(
        pt: "Chegam webhooks com um segredo que não está configurado\(since.pt).",
        en: "Webhooks come with a secret that is not configured\(since.en).")
    case .limited:
      Words(
        pt: "O nginx recusa webhooks\(evidence)\(since.pt).",
        en: "nginx turns webhooks away\(evidence)\(since.en).")
    case .inactive:
      Words(
        pt: "A Gupy desativou o endereço\(evidence)\(since.pt).",
        en: "Gupy has switched the address off\(evidence)\(since.en).")
    case .noDelivery:
      Words(pt: "Nada chega da Gupy\(since.pt).", en: "Nothing has come from Gupy\(since.en).")
    case .sharedState:
      Words(
        pt: "Processos de outra configuração\(evidence) usam esta pasta de dados\(since.pt).",
        en: "Workers of another configuration\(evidence) use this state folder\(since.en).")
    case .futureDates:
      Words(
        pt: "Há eventos com data posterior à chegada\(evidence)\(since.pt).",
        en: "Events are dated after their arrival\(evidence)\(since.en).")
    case .unfinished:
      Words(
        pt: "Um evento espera além do tempo em que a Gupy repete\(since.pt).",
        en: "An event waits for longer than Gupy repeats\(since.en).")
    case .noRetry where beginning == nil:
      Words(pt: "gatilhoctl retry nunca rodou.", en: "gatilhoctl retry has never run.")
    case .noRetry:
      Words(
        pt: "gatilhoctl retry não roda\(since.pt).", en: "gatilhoctl retry has not run\(since.en).")
    case .needsPerson where count == 1:
      Words(
        pt: "Um evento exige ação manual, veja abaixo.", en: "One event needs action, see below.")
    case .needsPerson:
      Words(
        pt: "\(count ?? 0) eventos exigem ação manual, veja abaixo.",
        en: "\(count ?? 0) events need action, see below.")
    case .littleRoom:
      Words(
        pt: "O disco está quase cheio\(evidence).", en: "The disk is nearly full\(evidence).")
    case .strayNames:
      Words(
        pt: "A pasta de dados contém o que não é do gatilho\(evidence).",
        en: "The state folder holds what is not gatilho's\(evidence).")
    }
  }
}
