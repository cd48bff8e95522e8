import FastCGI
import FoundationEssentials
import Handler
import Journal

/// What Gupy is told.
struct Answer {
  let event: Event
  let code: Int
  let word: Model.Word
  let isDuplicate: Bool
  /// As it was sent.
  let text: String

  private struct Body: Decodable {
    let id: String?
    let status: String
    let reason: String?
    let duplicate: Bool?
  }

  /// Reads an answer about an event; any other answer has a word that the model does not know.
  init(_ result: House.Result, of event: Event) {
    self.event = event
    let body = try? JSONDecoder().decode(Body.self, from: Data(result.body))
    code = result.code
    text = String(decoding: result.body, as: UTF8.self)
    isDuplicate = body?.duplicate ?? false
    word =
      body?.id == event.id
      ? Model.Word(found: body?.status ?? "", body?.reason)
      : Model.Word(status: "not about \(event.id)")
  }
}

extension Model.Word {
  /// What an outcome on disk says.
  init(_ outcome: Outcome) {
    self.init(found: outcome.status.rawValue, outcome.reason)
  }

  /// The network has several words for a provider that hangs up: they are not compared.
  fileprivate init(found status: String, _ reason: String?) {
    self.init(
      status: status,
      reason: status == "ignored" || reason == "interrupted" ? reason : nil)
  }
}
