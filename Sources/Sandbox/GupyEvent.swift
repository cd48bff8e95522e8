import FoundationEssentials
import JSON
import Messaging

/// A webhook as Gupy would send it, with invented values.
package struct GupyEvent: Sendable {
  package var id = UUID().uuidString.lowercased()
  package var type = "application.moved"
  package var date: String
  package var application: Int64
  package var name: String? = "Bianca"
  package var email = "bianca.prado@example.com"
  package var cpf: String? = "52998224725"
  package var mobile: String? = "+5511955550101"
  package var job = "Padeiro(a) Noturno"
  package var step = "Entrevista"
  package var stepType = "offline"
  package var previousStep: String? = "Cadastro"

  /// A move of Bianca's; every member can be changed before it is sent.
  package init(application: Int64, date: String) {
    self.application = application
    self.date = date
  }

  /// The JSON that Gupy posts.
  package var body: [UInt8] {
    let application: JSONValue = [
      "id": .integer(application), "tags": [], "score": .null,
      "currentStep": ["id": 88_100_003, "name": .string(step), "type": .string(stepType)],
      "previousStep": previousStep.map { ["id": 88_100_002, "name": .string($0)] } ?? .null,
    ]
    let candidate: JSONValue = [
      "name": text(name), "lastName": "Prado", "email": .string(email),
      "identificationDocument": text(cpf), "mobileNumber": text(mobile),
      "phoneNumber": "+551155550101", "gender": "Female",
    ]
    let document: JSONValue = [
      "companyName": "Padaria Horizonte", "id": .string(id), "event": .string(type),
      "date": .string(date),
      "data": [
        "job": ["id": 7_410_021, "name": .string(job), "branchCode": "SP-07"],
        "application": application, "candidate": candidate,
      ],
    ]
    return document.encoded
  }

  private func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
}
