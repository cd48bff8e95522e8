import Gupy
import Journal

extension Line {
  /// What a line of an application's file says, the most important first.
  package var words: [Words] {
    switch kind {
    case .event(let details, let isErased):
      let problems = (event ?? details).problems.map(\.words)
      return [Words(pt: "chegou", en: "it arrived")] + (isErased ? [Words.erased] : []) + problems
    case .attempt(let attempt): return [attempt.words]
    case .outcome(let outcome): return [outcome.words]
    case .reopened(let who):
      return [Words(pt: "reaberto por \(who)", en: "opened again by \(who)")]
    }
  }
}

extension Words {
  fileprivate static let erased = Words(
    pt: "o que identifica o candidato foi apagado", en: "what names the candidate was erased")
  /// What is left to do about an event that somebody has in hand.
  package static let inHand = Words(
    pt: "está em andamento, ou o processo morreu",
    en: "a worker has it in hand, or died with it")
  /// What is left to do about an event that is done.
  package static let done = Words(
    pt: "concluído: nada a fazer", en: "done: nothing is left to do")

  /// What an event is.
  package static func headline(_ event: WebhookEvent.Details?) -> Words {
    switch event?.type {
    case .applicationCreated: Words(pt: "candidatou-se", en: "applied")
    case .applicationMoved: moved(to: event?[.currentStepName])
    case nil: Words(pt: "um evento que não pode ser lido", en: "an event that cannot be read")
    }
  }

  private static func moved(to step: String?) -> Words {
    let name = step.map { Words("“\($0)”") } ?? Words(pt: "outra etapa", en: "another step")
    return Words(pt: "passou para \(name.pt)", en: "moved to \(name.en)")
  }
}

extension WebhookEvent.Problem {
  fileprivate var words: Words {
    Words(
      pt: "problema: \(path.rawValue) é \(problem.rawValue)",
      en: "problem: \(path.rawValue) is \(problem.rawValue)")
  }
}

extension Attempt {
  fileprivate var words: Words {
    let although = Words(
      pt: "embora talvez já enviada", en: "although it may have been sent")
    return [
      Words(pt: "a mensagem vai para \(provider)", en: "its message goes to \(provider)"),
      template.map { Words(pt: "modelo \($0)", en: "template \($0)") },
      rule.map { Words(pt: "regra \($0)", en: "rule \($0)") },
      isResend ? although : nil,
    ].compactMap(\.self).joined(separator: ", ")
  }
}

extension Outcome {
  fileprivate var words: Words {
    guard self != .closed else {
      return Words(
        pt: "encerrado por uma pessoa, resolvido por outro meio",
        en: "closed by a person, settled by other means")
    }
    let details = [
      why,
      problems.map { $0.map { Words("\($0.path) \($0.problem)") }.joined(separator: ", ") },
      httpStatus.map { Words("HTTP \($0)") },
      messageId.map { Words(pt: "mensagem \($0)", en: "message \($0)") },
    ].compactMap(\.self).joined(separator: ", ")
    let said = status.words
    return details.en.isEmpty
      ? said : Words(pt: "\(said.pt) (\(details.pt))", en: "\(said.en) (\(details.en))")
  }

  private var why: Words? {
    switch self {
    case .ignored(let reason): reason.words
    case .ignoredOtherwise: nil
    case .accepted, .undeliverable, .rejected, .unavailable, .unconfirmed:
      reason.map { Words($0) }
    }
  }
}

extension Outcome.Status {
  fileprivate var words: Words {
    switch self {
    case .accepted: Words(pt: "o provedor aceitou", en: "the provider accepted it")
    case .ignored: Words(pt: "nenhuma mensagem é devida", en: "no message is due")
    case .undeliverable: Words(pt: "não há mensagem possível", en: "no message can be made")
    case .rejected:
      Words(pt: "o provedor recusou de vez", en: "the provider refused it for good")
    case .unavailable: Words(pt: "certamente não foi enviada", en: "it was certainly not sent")
    case .unconfirmed:
      Words(pt: "ninguém sabe se foi enviada", en: "nobody knows whether it was sent")
    }
  }
}

extension IgnoreReason {
  /// Why no message is due.
  package var words: Words {
    switch self {
    case .erased:
      Words(pt: "os dados do candidato foram apagados", en: "the candidate's data were erased")
    case .exceptedStep:
      Words(pt: "esta etapa não é avisada", en: "candidates are not told of this step")
    case .noRule: Words(pt: "nenhuma regra serve", en: "no message rule is for it")
    case .repeated:
      Words(
        pt: "o mesmo já veio com outro id, ou a regra já foi usada",
        en: "the same came before under another id, or its rule was used")
    case .superseded:
      Words(pt: "uma mudança mais nova veio antes", en: "a newer move came before it")
    case .stale: Words(pt: "chegou tarde demais", en: "it came too late")
    case .notARecipient:
      Words(
        pt: "o candidato não está entre os destinatários",
        en: "the candidate is not among the recipients")
    }
  }
}
