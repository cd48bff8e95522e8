import Configuration
import Lookup

/// What the page alone says.
extension Words {
  static let languageTag = Words(pt: "pt-BR", en: "en")
  static let languageName = Words(pt: "Português", en: "English")

  static let title = Words(pt: "Situação", en: "Status")
  static let search = Words(pt: "Buscar", en: "Search")
  static let searchHint = Words(pt: "Candidatura ou evento", en: "Application or event")

  static let now = Words(pt: "Agora", en: "Now")
  static let recipients = Words(pt: "Quem recebe mensagens", en: "Who gets messages")
  static let lastDelivery = Words(pt: "Última entrega da Gupy", en: "Last delivery from Gupy")
  static let noDelivery = Words(pt: "Nenhuma em 30 dias", en: "None within 30 days")
  static let removal = Words(pt: "Remoção pela Gupy", en: "Removal by Gupy")
  static let noRemoval = Words(
    pt: "Longe: a última entrega foi respondida com 200",
    en: "Not in sight: the last delivery was answered 200")
  static let provider = Words(pt: "Provedor", en: "Provider")
  static let retry = Words("gatilhoctl retry")
  static let noRetry = Words(pt: "Nunca rodou", en: "Never ran")
  static let room = Words(pt: "Espaço no disco", en: "Room on the disk")

  static let needingAction = Words(pt: "O que precisa de uma pessoa", en: "What needs a person")
  static let noneNeedsAction = Words(pt: "Nada.", en: "Nothing.")

  static let lastDay = Words(pt: "Últimas 24 horas", en: "Last 24 hours")
  static let lastMonth = Words(pt: "Últimos 30 dias", en: "Last 30 days")
  static let asTable = Words(pt: "Em tabela", en: "As a table")
  static let hour = Words(pt: "Hora", en: "Hour")
  static let day = Words(pt: "Dia (UTC)", en: "Day (UTC)")

  static let latency = Words(pt: "Quanto demora", en: "How long it takes")
  static let latencyHint = Words(
    pt: "Em que tempo tantos dos eventos das últimas 24 horas terminaram.",
    en: "Within what time so many of the last 24 hours' events were through.")
  static let providerCall = Words(pt: "Chamada ao provedor", en: "Provider's call")
  static let syncs = Words(pt: "Gravação em disco", en: "Writing to disk")
  static let calls = Words(pt: "Eventos", en: "Events")

  static let latest = Words(pt: "Últimos eventos", en: "Latest events")
  static let noEvents = Words(pt: "Nenhum evento em 30 dias.", en: "No event within 30 days.")
  static let when = Words(pt: "Quando", en: "When")
  static let application = Words(pt: "Candidatura", en: "Application")
  static let event = Words(pt: "Evento", en: "Event")
  static let result = Words(pt: "Resultado", en: "Result")
  static let candidate = Words(pt: "Candidato", en: "Candidate")
  static let mobile = Words(pt: "Celular", en: "Mobile number")
  static let job = Words(pt: "Vaga", en: "Job")

  static let badQuery = Words(
    pt: "Este endereço pede algo que a página não conhece.",
    en: "This address asks for something that the page does not know.")
  static let badConfiguration = Words(
    pt: "A configuração não pode ser lida: gatilhoctl check diz por quê.",
    en: "The configuration cannot be read: gatilhoctl check says why.")
  static let unreadable = Words(
    pt: "O diário não pode ser lido: o log diz por quê.",
    en: "The journal cannot be read: the worker's log says why.")
  static let overview = Words(pt: "Visão geral", en: "Overview")
}

extension Words {
  /// The whole service in a sentence.
  static func verdict(_ concerns: [Concern]) -> Words {
    if concerns.contains(where: \.kind.isGrave) {
      return Words(
        pt: "Algo vai mal: há candidatos à espera.",
        en: "Something is wrong: candidates may be waiting.")
    }
    return concerns.isEmpty
      ? Words(pt: "Está tudo bem.", en: "All is well.")
      : Words(
        pt: "Funciona, mas algo pede atenção.", en: "It works, and something needs attention.")
  }

  static func recipients(_ recipients: Configuration.Recipients) -> Words {
    switch recipients {
    case .everyone: Words(pt: "Todos os candidatos", en: "Every candidate")
    case .nobody: Words(pt: "Ninguém (simulação)", en: "Nobody (dry run)")
    case .list(let numbers) where numbers.count == 1:
      Words(pt: "Piloto: um número", en: "Pilot: one number")
    case .list(let numbers):
      Words(pt: "Piloto: \(numbers.count) números", en: "Pilot: \(numbers.count) numbers")
    }
  }

  /// How many events a run of retry left.
  static func left(_ count: String) -> Words { Words(pt: "restam \(count)", en: "\(count) left") }

  /// How many of the events that need action are not shown.
  static func more(_ count: String) -> Words {
    Words(
      pt: "… e mais \(count): gatilhoctl events --needs-person",
      en: "… and \(count) more: gatilhoctl events --needs-person")
  }

  static func within(_ milliseconds: Int?) -> Words {
    guard let milliseconds else { return Words(pt: "mais de 10 s", en: "over 10 s") }
    return Words(milliseconds < 1_000 ? "\(milliseconds) ms" : "\(milliseconds / 1_000) s")
  }

  static func unknown(_ what: String) -> Words {
    Words(pt: "Nada se sabe de “\(what)”.", en: "Nothing is known of “\(what)”.")
  }

  /// How many earlier lines of an application's story are not shown, and how to see them.
  static func omitted(_ count: String, of application: Int64) -> Words {
    Words(
      pt: "… e mais \(count) linhas, anteriores: gatilhoctl events show \(application)",
      en: "… and \(count) earlier lines: gatilhoctl events show \(application)")
  }

  /// When the page was made, and by what clock.
  static func madeAt(_ moment: String, zone: String) -> Words {
    Words(
      pt: "Situação de \(moment) (\(zone)). gatilho \(Version.number)",
      en: "As of \(moment) (\(zone)). gatilho \(Version.number)")
  }
}
