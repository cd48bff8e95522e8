import FoundationEssentials
import Glibc
package struct WebhookPayload: Sendable {
  let p: P
  struct S: Decodable, Sendable { var name: String?; var type: String?; var Name: String? }
  struct J: Decodable, Sendable { var id: Int64?; var name: String?; var branchCode: String?; var departmentCode: String? }
  struct A: Decodable, Sendable { var id: Int64?; var currentStep: S?; var previousStep: S? }
  struct C: Decodable, Sendable { var name: String?; var lastName: String?; var email: String?; var identificationDocument: String?; var mobileNumber: String? }
  struct D: Decodable, Sendable { var job: J?; var application: A?; var candidate: C? }
  struct P: Decodable, Sendable { var id: String?; var event: String?; var date: String?; var companyName: String?; var data: D? }
  package init(json: [UInt8]) throws(PayloadError) {
    do { p = try JSONDecoder().decode(P.self, from: Data(json)) } catch { throw .notJSON }
  }
  package func validated() throws(PayloadError) -> Webhook {
    guard let id = p.id else { throw .notAnEvent(path: "id", expected: "text") }
    guard let e = p.event else { throw .notAnEvent(path: "event", expected: "text") }
    guard let d = p.date, let date = Timestamp(d) else { throw .notAnEvent(path: "date", expected: "date") }
    guard let type = EventType(rawValue: e) else { return .notSubscribed(id: id, type: e) }
    guard let a = p.data?.application?.id else { throw .notAnEvent(path: "application.id", expected: "id") }
    let c = p.data?.candidate
    let m = c?.mobileNumber.flatMap { PhoneNumber(mobile: $0) }
    return .event(WebhookEvent(id: id, details: .init(type: type, date: date, companyName: p.companyName, job: p.data?.job.map { .init(id: $0.id.map(String.init), name: $0.name, branchCode: $0.branchCode, departmentCode: $0.departmentCode) }, application: .init(id: ApplicationID(number: a)), candidate: .init(name: c?.name, lastName: c?.lastName, email: c?.email, identificationDocument: c?.identificationDocument, mobileNumber: m?.e164 ?? c?.mobileNumber), currentStep: p.data?.application?.currentStep.map { .init(name: $0.name, type: $0.type) }, previousStep: p.data?.application?.previousStep.map { .init(name: $0.name, type: nil) }, problems: m == nil ? [.init(path: "candidate.mobileNumber", problem: .missing)] : [])))
  }
}
package enum PayloadError: Error, Equatable, Sendable { case notJSON; case notAnEvent(path: String, expected: String) }
package enum Webhook: Sendable { case event(WebhookEvent); case notSubscribed(id: String, type: String) }
package enum EventType: String, Codable, CaseIterable, Sendable { case applicationCreated = "application.created"; case applicationMoved = "application.moved" }
package struct ApplicationID: Codable, Hashable, Sendable, CustomStringConvertible { package let number: Int64; package var description: String { String(number) }
 init(number: Int64) { self.number = number }
 package init(from d: any Decoder) throws { number = Int64(try d.singleValueContainer().decode(String.self)) ?? 0 }
 package func encode(to e: any Encoder) throws { var c = e.singleValueContainer(); try c.encode(description) } }
package struct Problem: Codable, Equatable, Sendable { package let path: String; package let problem: Kind; package enum Kind: String, Codable, Sendable { case missing, notMobile } }
package struct WebhookEvent: Sendable, Equatable {
  package let id: String; package let details: Details
  package init(id: String, details: Details) { self.id = id; self.details = details }
  package struct Details: Codable, Sendable, Equatable {
    package let type: EventType; package let date: Timestamp; package let companyName: String?; package let job: Job?; package let application: Application; package let candidate: Candidate?; package let currentStep: Step?; package let previousStep: Step?; package let problems: [Problem]
    package struct Job: Codable, Sendable, Equatable { package let id, name, branchCode, departmentCode: String? }
    package struct Application: Codable, Sendable, Equatable { package let id: ApplicationID }
    package struct Candidate: Codable, Sendable, Equatable { package let name, lastName, email, identificationDocument, mobileNumber: String? }
    package struct Step: Codable, Sendable, Equatable { package let name, type: String?; package var isFinal: Bool { type == "final" } }
    package var recipient: PhoneNumber? { candidate?.mobileNumber.flatMap { PhoneNumber(mobile: $0) } }
  }
  package func value(at path: EventPath) -> String? {
    switch path {
    case .candidateName: details.candidate?.name
    case .jobName: details.job?.name
    case .currentStepName: details.currentStep?.name
    case .previousStepName: details.previousStep?.name
    case .applicationID: details.application.id.description
    case .candidateMobileNumber: details.candidate?.mobileNumber
    }
  }
}
package enum EventPath: String, CaseIterable, Sendable { case candidateName = "candidate.name", jobName = "job.name", currentStepName = "currentStep.name", previousStepName = "previousStep.name", applicationID = "application.id", candidateMobileNumber = "candidate.mobileNumber" }
package struct FoldedText: Hashable, Sendable { let t: String; package init(_ t: String) { self.t = t.lowercased() }
 package func matches(pattern: FoldedText) -> Bool { t == pattern.t } }
package struct PhoneNumber: Hashable, Sendable { package let e164: String; package init?(mobile: String) { let d = mobile.filter { $0.isNumber }; guard d.count > 8 else { return nil }; e164 = "+" + (mobile.contains("+") ? d : "55" + d) } }
package struct Timestamp: Comparable, Hashable, Codable, Sendable, CustomStringConvertible {
  package let milliseconds: Int64
  package init(milliseconds: Int64) { self.milliseconds = milliseconds }
  package init?(_ t: String) { guard let d = try? Date(t, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)) else { return nil }; milliseconds = Int64((d.timeIntervalSince1970 * 1000).rounded()) }
  package init(from d: any Decoder) throws { self = Timestamp(try d.singleValueContainer().decode(String.self)) ?? Timestamp(milliseconds: 0) }
  package func encode(to e: any Encoder) throws { var c = e.singleValueContainer(); try c.encode(description) }
  package static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }
  package var description: String { Date(timeIntervalSince1970: Double(milliseconds) / 1000 + 0.0001).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)) }
  package static var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
