import Gupy
import Journal

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
    switch concern {
    case .state:
      "A pasta de dados não aceita escrita: nenhum webhook pode ser guardado. Veja o log."
    case .failing(let since): "Nenhuma entrega foi respondida com 200 desde \(moment(since))."
    case .paused: "O provedor falhou três vezes seguidas e fica em paz por um minuto."
    case .unfinished: "Um evento espera há mais tempo do que a Gupy repete: gatilhoctl retry envia."
    case .needsPerson(1): "Um evento precisa de uma pessoa, veja abaixo."
    case .needsPerson(let count): "\(count) eventos precisam de uma pessoa, veja abaixo."
    case .noRetry: "gatilhoctl retry não rodou na última hora: o timer está ligado?"
    case .littleRoom: "O disco tem menos de 1 GB livre."
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
  func pause(_ duration: String?) -> String { duration.map { "Em paz por mais \($0)" } ?? "Em uso" }
  let retry = "gatilhoctl retry"
  let noRetry = "Nunca rodou"
  func left(_ count: String) -> String { "restam \(count)" }
  let room = "Espaço no disco"

  let needs = "O que precisa de uma pessoa"
  let noNeeds = "Nada."
  func more(_ count: String) -> String { "… e mais \(count): gatilhoctl events --needs-person" }
  func need(_ need: Retry.Status) -> Need {
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
        commands: [("gatilhoctl retry --status rejected", "envia de novo")])
    case .undeliverable:
      Need(
        name: "Sem mensagem possível",
        reason: "Falta um celular utilizável ou um valor que a mensagem exige."
          + " Avise o candidato por outro meio, ou corrija a regra.",
        commands: [("gatilhoctl retry --status undeliverable", "tenta de novo")])
    case .noRule:
      Need(
        name: "Nenhuma regra serve",
        reason: "Se deve haver mensagem, escreva uma regra.",
        commands: [("gatilhoctl retry --status noRule", "envia")])
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
        commands: [("gatilhoctl retry --status quarantine", "depois de atualizar: lê de novo")])
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
  func reason(_ reason: Policy.Reason) -> String {
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
  var inHand: String { "está em andamento, ou o processo morreu" }
  var done: String { "concluído: nada a fazer" }
}
