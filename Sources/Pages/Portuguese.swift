import Configuration
import FastCGI
import Gupy
import Journal
import Lookup

/// What is said in Portuguese.
struct Portuguese: Phrases {
  let name = "Português"
  let title = "Situação"
  let search = "Buscar"
  let searchHint = "Candidatura ou evento"

  func verdict(_ concerns: [Concern]) -> String {
    if concerns.contains(where: \.isGrave) { return "Algo vai mal: há candidatos à espera." }
    return concerns.isEmpty ? "Está tudo bem." : "Funciona, mas algo pede atenção."
  }

  func concern(_ concern: Concern, _ moment: (Timestamp) -> String) -> String {
    let since = concern.since.map { " desde \(moment($0))" } ?? ""
    let evidence = concern.evidence.map { " (\($0))" } ?? ""
    return switch concern.kind {
    case .state:
      "A pasta de dados não aceita escrita\(evidence): nenhum webhook pode ser guardado."
    case .noRoom: "O disco está cheio\(evidence): nenhum webhook pode ser guardado."
    case .unreadable:
      "Algo na pasta de dados não pode ser lido ou gravado\(evidence)\(since)."
    case .failing: "Nenhuma entrega foi respondida com 200\(since)."
    case .keyRefused: "O provedor recusa a conta, a chave ou o endereço\(evidence)\(since)."
    case .paused: "O provedor falhou três vezes seguidas\(evidence): envios pausados\(since)."
    case .stuck: "Um processo está travado\(evidence)\(since)."
    case .busy: "Os webhooks esperam demais por um processo livre\(evidence)\(since)."
    case .clock: "Os relógios do nginx e dos processos divergem\(evidence)\(since)."
    case .secret: "Chegam webhooks com um segredo que não está configurado\(since)."
    case .limited: "O nginx recusa webhooks\(evidence)\(since)."
    case .inactive: "A Gupy desativou o endereço\(evidence)\(since)."
    case .noDelivery: "Nada chega da Gupy\(since)."
    case .sharedState:
      "Processos de outra configuração\(evidence) usam esta pasta de dados\(since)."
    case .futureDates: "Há eventos com data posterior à chegada\(evidence)\(since)."
    case .unfinished: "Um evento espera além do tempo em que a Gupy repete\(since)."
    case .noRetry:
      concern.since == nil
        ? "gatilhoctl retry nunca rodou." : "gatilhoctl retry não roda\(since)."
    case .needsPerson where concern.count == 1: "Um evento exige ação manual, veja abaixo."
    case .needsPerson: "\(concern.count ?? 0) eventos exigem ação manual, veja abaixo."
    case .littleRoom: "O disco está quase cheio\(evidence)."
    case .strayNames: "A pasta de dados contém o que não é do gatilho\(evidence)."
    }
  }

  func remedy(_ kind: Concern.Kind) -> String {
    switch kind {
    case .state: "O log diz por quê; a pasta deve ser do usuário que roda o gatilho."
    case .noRoom, .littleRoom:
      "Libere espaço (df -h, df -i, cotas): retention e gatilhoctl purge; na quarentena,"
        + " gatilhoctl events dismiss."
    case .unreadable:
      "Devolva-o ao usuário que roda o gatilho, ou veja o disco no log do kernel: o resto continua."
    case .failing: "Veja o log: após sete dias a Gupy remove o endereço."
    case .keyRefused: "Corrija provider.settings; gatilhoctl check --live pergunta ao provedor."
    case .paused: "Veja a página de status do provedor e rode gatilhoctl check --live."
    case .stuck: "Encerre esse processo: o gerenciador inicia outro."
    case .busy: "Inicie mais processos."
    case .clock: "Deixe o chrony ou o systemd-timesyncd acertar os dois relógios."
    case .secret: "Compare gupy.secrets com o da Gupy: gatilhoctl webhooks ensure."
    case .limited:
      "gatilhoctl check diz o que é recusado: veja o limite, a lista e os caminhos em gatilho-http.conf."
    case .inactive: "Corrija o que falha e rode gatilhoctl webhooks ensure."
    case .noDelivery: "gatilhoctl webhooks list diz se o endereço ainda está registrado."
    case .sharedState:
      "Uma pasta de dados por configuração; após uma mudança: gatilhoctl state adopt."
    case .futureDates:
      "Compare o relógio desta máquina com o da Gupy; as mensagens são enviadas assim mesmo, e as que uma"
        + " versão anterior ignorou por isso, por gatilhoctl retry --status superseded."
    case .unfinished: "gatilhoctl retry envia e diz o que impede."
    case .noRetry: "Agende gatilhoctl retry a cada quinze minutos."
    case .needsPerson: "gatilhoctl events list --needs-person mostra a lista."
    case .strayNames: "Retire-o dali: o gatilho o ignora, e o erase também."
    }
  }

  let now = "Agora"
  let recipients = "Quem recebe mensagens"
  func recipients(_ recipients: Configuration.Recipients) -> String {
    switch recipients {
    case .everyone: "Todos os candidatos"
    case .nobody: "Ninguém (simulação)"
    case .list(let numbers) where numbers.count == 1: "Piloto: um número"
    case .list(let numbers): "Piloto: \(numbers.count) números"
    }
  }
  let lastDelivery = "Última entrega da Gupy"
  let noDelivery = "Nenhuma em 30 dias"
  let removal = "Remoção pela Gupy"
  let noRemoval = "Longe: a última entrega foi respondida com 200"
  let provider = "Provedor"
  func sending(_ trouble: CircuitBreaker.Trouble?, _ duration: (Int64) -> String) -> String {
    guard let trouble, !trouble.isClosed else { return "Em uso" }
    if let left = trouble.left { return "Envios pausados por mais \(duration(left))" }
    return trouble.prober.map { "Uma mensagem serve de teste (\($0.name))" }
      ?? "A próxima mensagem serve de teste"
  }
  let retry = "gatilhoctl retry"
  let noRetry = "Nunca rodou"
  func left(_ count: String) -> String { "restam \(count)" }
  let room = "Espaço no disco"

  let needs = "O que precisa de uma pessoa"
  let noNeeds = "Nada."
  func more(_ count: String) -> String { "… e mais \(count): gatilhoctl events --needs-person" }
  func need(_ need: RetryStatus) -> Need {
    switch need {
    case .unconfirmed:
      Need(
        name: "Talvez enviada",
        reason: "O provedor não deu resposta legível. Confira antes no painel dele.",
        commands: [
          ("gatilhoctl retry --status unconfirmed", "não chegou: envia de novo"),
          ("gatilhoctl retry --status unconfirmed --mark-accepted", "chegou: encerra"),
        ])
    case .rejected:
      Need(
        name: "Recusada pelo provedor",
        reason: "Corrija o modelo ou os dados no provedor.",
        commands: [
          ("gatilhoctl retry --status rejected", "envia de novo"),
          (
            "gatilhoctl retry --status rejected --mark-accepted",
            "resolvido por outro meio: encerra"
          ),
        ])
    case .undeliverable:
      Need(
        name: "Sem mensagem possível",
        reason: "Falta um celular utilizável ou um valor que a mensagem exige."
          + " Avise o candidato por outro meio, ou corrija a regra.",
        commands: [
          ("gatilhoctl retry --status undeliverable", "tenta de novo"),
          (
            "gatilhoctl retry --status undeliverable --mark-accepted",
            "resolvido por outro meio: encerra"
          ),
        ])
    case .noRule:
      Need(
        name: "Nenhuma regra serve",
        reason: "Se deve haver mensagem, escreva uma regra.",
        commands: [
          ("gatilhoctl retry --status noRule", "envia"),
          ("gatilhoctl retry --status noRule --mark-accepted", "resolvido por outro meio: encerra"),
        ])
    case .superseded:
      Need(
        name: "Superada por outra mais nova",
        reason: "Uma mudança mais nova já tinha chegado.",
        commands: [
          ("gatilhoctl retry --status superseded", "decide de novo: o que está superado fica assim")
        ])
    case .quarantine:
      Need(
        name: "Não é evento da Gupy",
        reason: "JSON com o segredo certo que não é evento. Veja quem o envia.",
        commands: [
          ("gatilhoctl retry --status quarantine", "depois de atualizar: lê de novo"),
          ("gatilhoctl events dismiss --all", "ninguém precisa deles: remove"),
        ])
    case .unavailable:
      Need(
        name: "Ainda não enviada",
        reason: "A repetição da Gupy envia; depois de duas horas, gatilhoctl retry.",
        commands: [("gatilhoctl retry", "envia agora")])
    }
  }

  let lastDay = "Últimas 24 horas"
  let lastMonth = "Últimos 30 dias"
  func group(_ group: OutcomeGroup) -> String {
    switch group {
    case .accepted: "Aceitas"
    case .ignored: "Sem mensagem devida"
    case .waiting: "À espera"
    case .needing: "Não entregues"
    }
  }
  let asTable = "Em tabela"
  let hour = "Hora"
  let day = "Dia (UTC)"

  let latency = "Quanto demora"
  let latencyHint = "Em que tempo tantos dos eventos das últimas 24 horas terminaram."
  let providerCall = "Chamada ao provedor"
  let syncs = "Gravação em disco"
  let calls = "Eventos"
  func within(_ milliseconds: Int?) -> String {
    guard let milliseconds else { return "mais de 10 s" }
    return milliseconds < 1_000 ? "\(milliseconds) ms" : "\(milliseconds / 1_000) s"
  }

  let latest = "Últimos eventos"
  let noEvents = "Nenhum evento em 30 dias."
  let when = "Quando"
  let application = "Candidatura"
  let event = "Evento"
  let result = "Resultado"
  let candidate = "Candidato"
  let mobile = "Celular"
  let job = "Vaga"
  func status(_ status: EventStatus) -> String {
    switch status {
    case .received: "Em andamento"
    case .accepted: "Aceita"
    case .ignored: "Sem mensagem devida"
    case .undeliverable: "Sem mensagem possível"
    case .rejected: "Recusada"
    case .unavailable: "Ainda não enviada"
    case .unconfirmed: "Talvez enviada"
    }
  }

  func unknown(_ what: String) -> String { "Nada se sabe de “\(what)”." }
  let badQuery = "Este endereço pede algo que a página não conhece."
  let badConfiguration = "A configuração não pode ser lida: gatilhoctl check diz por quê."
  let unreadable = "O diário não pode ser lido: o log diz por quê."
  let back = "Visão geral"
  func omitted(_ count: String, of application: Int64) -> String {
    "… e mais \(count) linhas, anteriores: gatilhoctl events show \(application)"
  }
  func madeAt(_ moment: String, zone: String, version: String) -> String {
    "Situação de \(moment) (\(zone)). gatilho \(version)"
  }

  func ago(_ duration: String) -> String { "há \(duration)" }
  func duration(_ count: Int64, _ unit: TimeUnit) -> String {
    switch unit {
    case .days: count == 1 ? "1 dia" : "\(count) dias"
    case .hours: "\(count) h"
    case .minutes: "\(count) min"
    case .seconds: "\(count) s"
    }
  }
  let momentFormat = "%d/%m/%Y %H:%M"
  let dayOrder = (parts: [2, 1], mark: "/")
  let separators = (thousands: ".", fraction: ",")
}

extension Portuguese {
  var applied: String { "candidatou-se" }
  func moved(to step: String?) -> String {
    "passou para \(step.map { "“\($0)”" } ?? "outra etapa")"
  }
  var unreadableEvent: String { "um evento que não pode ser lido" }
  var arrived: String { "chegou" }
  var erased: String { "o que identifica o candidato foi apagado" }
  func problem(_ path: String, _ problem: String) -> String { "problema: \(path) é \(problem)" }
  func opened(by who: String) -> String { "reaberto por \(who)" }
  func attempt(_ provider: String) -> String { "a mensagem vai para \(provider)" }
  func template(_ name: String) -> String { "modelo \(name)" }
  func rule(_ name: String) -> String { "regra \(name)" }
  var although: String { "embora talvez já enviada" }
  func verdict(_ status: Outcome.Status) -> String {
    switch status {
    case .accepted: "o provedor aceitou"
    case .ignored: "nenhuma mensagem é devida"
    case .undeliverable: "não há mensagem possível"
    case .rejected: "o provedor recusou de vez"
    case .unavailable: "certamente não foi enviada"
    case .unconfirmed: "ninguém sabe se foi enviada"
    }
  }
  func reason(_ reason: IgnoreReason) -> String {
    switch reason {
    case .erased: "os dados do candidato foram apagados"
    case .exceptedStep: "esta etapa não é avisada"
    case .noRule: "nenhuma regra serve"
    case .repeated: "o mesmo já veio com outro id, ou a regra já foi usada"
    case .superseded: "uma mudança mais nova veio antes"
    case .stale: "chegou tarde demais"
    case .notARecipient: "o candidato não está entre os destinatários"
    }
  }
  func message(_ id: String) -> String { "mensagem \(id)" }
  var closed: String { "encerrado por uma pessoa, resolvido por outro meio" }
  var inHand: String { "está em andamento, ou o processo morreu" }
  var done: String { "concluído: nada a fazer" }
}
