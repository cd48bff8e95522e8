import Lookup

extension Concern.Kind {
  /// What to do about it.
  package var remedy: Words {
    switch self {
    case .state:
      Words(
        pt: "O log diz por quê; a pasta deve ser do usuário que roda o gatilho.",
        en: "The worker's log says why; the folder belongs to the user that runs gatilho.")
    case .noRoom, .littleRoom:
      Words(
        pt: "Libere espaço (df -h, df -i, cotas): retention e gatilhoctl purge; na quarentena,"
          + " gatilhoctl events dismiss.",
        en: "Make room (df -h, df -i, quotas): retention and gatilhoctl purge; for the quarantine"
          + " gatilhoctl events dismiss.")
    case .unreadable:
      Words(
        pt: "Devolva-o ao usuário que roda o gatilho, ou veja o disco no log do kernel:"
          + " o resto continua.",
        en: "Give it back to the user that runs gatilho, or see the kernel's log for the disk:"
          + " the rest goes on.")
    case .failing:
      Words(
        pt: "Veja o log: após sete dias a Gupy remove o endereço.",
        en: "See the worker's log: after seven days Gupy removes the address.")
    case .keyRefused:
      Words(
        pt: "Corrija provider.settings; gatilhoctl check --live pergunta ao provedor.",
        en: "Mend provider.settings; gatilhoctl check --live asks the provider.")
    case .paused:
      Words(
        pt: "Veja a página de status do provedor e rode gatilhoctl check --live.",
        en: "See the provider's status page, then gatilhoctl check --live.")
    case .stuck:
      Words(
        pt: "Encerre esse processo: o gerenciador inicia outro.",
        en: "End that process: its manager starts another.")
    case .busy: Words(pt: "Inicie mais processos.", en: "Start more workers.")
    case .clock:
      Words(
        pt: "Deixe o chrony ou o systemd-timesyncd acertar os dois relógios.",
        en: "Let chrony or systemd-timesyncd set the clock of both.")
    case .secret:
      Words(
        pt: "Compare gupy.secrets com o da Gupy: gatilhoctl webhooks ensure.",
        en: "Compare gupy.secrets with Gupy's: gatilhoctl webhooks ensure.")
    case .limited:
      Words(
        pt: "gatilhoctl check diz o que é recusado: veja o limite, a lista e os caminhos em"
          + " gatilho-http.conf.",
        en: "gatilhoctl check says what it refuses: see the limit, the list and the paths in"
          + " gatilho-http.conf.")
    case .inactive:
      Words(
        pt: "Corrija o que falha e rode gatilhoctl webhooks ensure.",
        en: "Mend what fails, then gatilhoctl webhooks ensure.")
    case .noDelivery:
      Words(
        pt: "gatilhoctl webhooks list diz se o endereço ainda está registrado.",
        en: "gatilhoctl webhooks list says whether the address is still registered.")
    case .sharedState:
      Words(
        pt: "Uma pasta de dados por configuração; após uma mudança: gatilhoctl state adopt.",
        en: "One state folder a configuration; after a move: gatilhoctl state adopt.")
    case .futureDates:
      Words(
        pt: "Compare o relógio desta máquina com o da Gupy; as mensagens são enviadas assim mesmo,"
          + " e as que uma versão anterior ignorou por isso, por"
          + " gatilhoctl retry --status superseded.",
        en: "Compare this host's clock with Gupy's; the messages are sent all the same, and what"
          + " an earlier version ignored for it by gatilhoctl retry --status superseded.")
    case .unfinished:
      Words(
        pt: "gatilhoctl retry envia e diz o que impede.",
        en: "gatilhoctl retry sends it, and says what stands in the way.")
    case .noRetry:
      Words(
        pt: "Agende gatilhoctl retry a cada quinze minutos.",
        en: "Let a timer run gatilhoctl retry every quarter of an hour.")
    case .needsPerson:
      Words(
        pt: "gatilhoctl events list --needs-person mostra a lista.",
        en: "gatilhoctl events list --needs-person lists them.")
    case .strayNames:
      Words(
        pt: "Retire-o dali: o gatilho o ignora, e o erase também.",
        en: "Take it away: gatilho passes it over, and so does erase.")
    }
  }
}
