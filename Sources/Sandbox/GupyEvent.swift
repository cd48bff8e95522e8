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
  package var lastName = "Prado"
  package var email = "bianca.prado@example.com"
  package var cpf: String? = "52998224725"
  package var mobile: String? = "+5511955550101"
  package var jobID: Int64 = 7_410_021
  package var job = "Padeiro(a) Noturno"
  package var branchCode = "SP-07"
  package var step = "Entrevista"
  package var stepType = "offline"
  package var previousStep: String? = "Cadastro"
  package var spelling = Spelling.real

  /// Where in the body its values stand.
  package enum Spelling: Sendable {
    /// Where Gupy puts them.
    case real
    /// Where integrators have been told that they are, as far as that is another place.
    case documented
  }

  /// A move of Bianca's; every member can be changed before it is sent.
  package init(application: Int64, date: String) {
    self.application = application
    self.date = date
  }

  /// The JSON that Gupy posts: the same bytes each time.
  package var body: [UInt8] {
    fields.reduce([:] as JSONValue) { body, field in
      body.adding(field.value, at: field.path.split(separator: ".")[...])
    }.json
  }

  private var fields: [(path: String, value: JSONValue)] {
    let isReal = spelling == .real
    let application = "data.application"
    let candidate = "data.candidate"
    return [
      ("companyName", "Padaria Horizonte"), ("id", .string(id)), ("event", .string(type)),
      ("date", .string(date)),
      (isReal ? "\(application).id" : "application.id", .integer(self.application)),
      ("\(application).tags", []), ("\(application).score", .null),
      (isReal ? "data.job.id" : "job.id", .integer(jobID)), ("data.job.name", .string(job)),
      ("data.job.branchCode", .string(branchCode)),
      ("\(application).currentStep.id", 88_100_003),
      (isReal ? "\(application).currentStep.name" : "data.currentStep.name", .string(step)),
      ("\(application).currentStep.type", .string(stepType)),
      ("\(candidate).name", text(name)), ("\(candidate).lastName", .string(lastName)),
      ("\(candidate).email", .string(email)),
      (
        isReal ? "\(candidate).identificationDocument" : "data.identificationDocument", text(cpf)
      ),
      ("\(candidate).mobileNumber", text(mobile)), ("\(candidate).phoneNumber", "+551155550101"),
      ("\(candidate).gender", "Female"),
    ]
      + (previousStep.map { name in
        [
          ("\(application).previousStep.id", 88_100_002),
          (isReal ? "\(application).previousStep.name" : "previousStep.Name", .string(name)),
        ]
      } ?? [("\(application).previousStep", .null)])
  }

  private func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
}

extension JSONValue {
  /// An object with one value more, at a path of member names.
  fileprivate func adding(_ value: JSONValue, at path: ArraySlice<Substring>) -> JSONValue {
    guard let name = path.first.map(String.init) else { return value }
    guard case .object(var members) = self else { return self }
    members[name] = (members[name] ?? [:]).adding(value, at: path.dropFirst())
    return .object(members)
  }
}
