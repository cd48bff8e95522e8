import Gupy
import Testing

struct DetailsReaderTests {
  private typealias Problem = WebhookEvent.Problem

  /// The details of an event with everything an event needs, in which `candidate` stands.
  private func details(candidate: String) throws -> WebhookEvent.Details {
    try Fixture.details(
      data: """
        {"job":{"name":"Padeiro"},"application":{"id":7,"currentStep":{"name":"Cadastro"}},
        "candidate":\(candidate)}
        """)
  }

  @Test(arguments: [
    #"Bi\ud83da"#, #"\udd00Bia"#, #"B\ud83d\u0069a"#, #"Bi\qa"#, #"Bi\u12a"#, "Bi\ta", "Bi\u{0}a",
  ])
  func `what cannot be read of a name goes, and the message is sent`(sent: String) throws {
    let details = try details(
      candidate: #"{"name":"\#(sent)","lastName":"Prado","mobileNumber":"11955550101"}"#)
    #expect(details[.candidateName] == (sent.contains("12") ? "Bi" : "Bia"))
    #expect(details[.candidateLastName] == "Prado")
    #expect(details.recipient?.e164 == "+5511955550101")
    #expect(details.problems == [Problem(path: .candidateName, problem: .unreadable)])
  }

  @Test func `what is broken and means something is absent`() throws {
    let details = try Fixture.details(
      data: """
        {"job":{"id":"7\\ud83d","name":"Pa\u{1}deiro","branchCode":"S\\qP"},
        "application":{"id":7,"currentStep":{"name":"Cada\u{1F}stro","type":"fi\u{2}nal"}},
        "candidate":{"email":"a\t@x.co","identificationDocument":"529982\\q24725",
        "mobileNumber":"1195555\t0101"}}
        """)
    #expect(details.values(of: "job") == [.jobName: "Padeiro"])
    #expect(
      details.values(of: "currentStep") == [
        .currentStepName: "Cadastro", .currentStepType: "final",
      ])
    #expect(details.values(of: "candidate") == [:] && details.recipient == nil)
    #expect(Set(details.problems.map(\.problem)) == [.unreadable] && details.problems.count == 8)
  }

  @Test(arguments: [
    "\\u200b", "\u{FEFF}", " \u{2060}\u{AD} ", "\u{3164}\u{FE0F}", "\\u0001", "\u{2800}",
  ])
  func `a text of which nobody sees anything is empty`(sent: String) throws {
    let details = try details(candidate: #"{"name":"\#(sent)","mobileNumber":"\#(sent)"}"#)
    #expect(details.values(of: "candidate") == [:])
    #expect(details.problems == [Problem(path: .candidateMobileNumber, problem: .missing)])
  }

  @Test func `a text over 4 KiB is absent, and a problem`() throws {
    func sent(_ text: String) -> String { #"{"name":"\#(text)","mobileNumber":"11955550101"}"# }
    let longest = String(repeating: "é", count: 2_048)
    #expect(try details(candidate: sent(longest))[.candidateName] == longest)
    let behind: [(String, Problem.Kind)] = [
      ("a", .tooLong), ("\\u0301", .tooLong), ("\t", .unreadable),
    ]
    for (more, problem) in behind {
      let details = try details(candidate: sent(longest + more))
      #expect(details[.candidateName] == (problem == .tooLong ? nil : longest))
      #expect(details.problems == [Problem(path: .candidateName, problem: problem)])
      #expect(details.recipient != nil)
    }
    let marks = String(repeating: "\u{301}", count: 400_000)
    #expect(try details(candidate: sent("B" + marks)).problems.map(\.problem) == [.tooLong])
  }

  @Test(arguments: [
    #""candidate":null,"#, #""candidate":{},"#, #""candidate":{"name":" ","id":5},"#, "",
    #""candidate":[],"#,
  ])
  func `where there is no candidate, the manual one is read`(candidate: String) throws {
    let manual = #""manualCandidate":{"name":"Bia","mobileNumber":"11955550101"}"#
    let details = try Fixture.details(data: #"{\#(candidate)"application":{"id":7},\#(manual)}"#)
    #expect(details[.candidateName] == "Bia")
    #expect(details.recipient?.e164 == "+5511955550101")
  }

  @Test func `two candidates are never mixed`() throws {
    let details = try Fixture.details(
      data: """
        {"application":{"id":7},"candidate":{"name":"Ana"},
        "manualCandidate":{"name":"Bia","mobileNumber":"11955550101"}}
        """)
    #expect(details.values(of: "candidate") == [.candidateName: "Ana"])
  }

  @Test func `of members with one name the last counts`() throws {
    let details = try details(
      candidate: #"{"name":"Ana"},"candidate":{"name":"Bi","mobileNumber":1,"n\u0061me":"Bia"}"#)
    #expect(
      details.values(of: "candidate") == [.candidateName: "Bia", .candidateMobileNumber: "1"])
  }

  @Test func `a pair of surrogates is one character`() throws {
    let details = try details(candidate: #"{"name":"Bia \ud83d\ude00"}"#)
    #expect(details[.candidateName] == "Bia 😀")
  }

  @Test(arguments: [
    "{}", "[]", "[\"Bia\"]", "true", "{\"name\":\"Bia\"}", "1e400", "-", "01", "\"\\q\"",
    "\"\t\"", "\"\\ud83d \"",
  ])
  func `a value that cannot be read is absent and a problem`(sent: String) throws {
    let details = try details(candidate: "{\"name\":\(sent),\"mobileNumber\":\"11955550101\"}")
    #expect(details[.candidateName] == nil)
    #expect(details.problems == [Problem(path: .candidateName, problem: .unreadable)])
  }

  @Test(arguments: ["[]", "\"Bia\"", "12", "true"])
  func `a candidate that is no object leaves the event`(sent: String) throws {
    let details = try details(candidate: sent)
    #expect(details.values(of: "candidate") == [:])
    #expect(details[.jobName] == "Padeiro")
    #expect(details.problems.contains(Problem(path: .candidateMobileNumber, problem: .unreadable)))
  }

  @Test(arguments: ["[]", "\"x\"", "12", "[{\"candidate\":{\"name\":\"Bia\"}}]"])
  func `data that is no object leaves what stands beside it`(data: String) throws {
    let details = try Fixture.details(
      data: data, more: #","application":{"id":7},"previousStep":{"Name":"Cadastro"}"#)
    #expect(details.application.number == 7)
    #expect(details[.previousStepName] == "Cadastro")
    #expect(details.values(of: "candidate") == [:])
  }

  @Test(arguments: [
    ("5511955550101", "+5511955550101"), ("5.511955550101E12", "+5511955550101"),
    ("11955550101.0", "+5511955550101"), ("\"(11) 95555-0101\"", "+5511955550101"),
    ("\"+351 912 345 678\"", "+351912345678"),
  ])
  func `a usable mobile is kept as E164`(sent: String, e164: String) throws {
    let details = try details(candidate: "{\"mobileNumber\":\(sent)}")
    #expect(details[.candidateMobileNumber] == e164)
    #expect(details.recipient?.e164 == e164)
    #expect(details.problems == [])
  }

  @Test func `an unusable mobile is kept as sent and is no recipient`() throws {
    let details = try details(candidate: "{\"mobileNumber\":\"(11) 5555-0101\"}")
    #expect(details[.candidateMobileNumber] == "(11) 5555-0101")
    #expect(details.recipient == nil)
    #expect(details.problems == [Problem(path: .candidateMobileNumber, problem: .notMobile)])
  }

  @Test func `the phone number beside the mobile is never used`() throws {
    let details = try details(candidate: "{\"name\":\"Bia\",\"phoneNumber\":\"11955550101\"}")
    #expect(details.recipient == nil)
    #expect(details.problems == [Problem(path: .candidateMobileNumber, problem: .missing)])
  }

  @Test(arguments: [
    ("529.982.247-25", "52998224725", []), ("５２９\u{2212}982–247 25", "52998224725", []),
    ("'1234567890", "01234567890", []), ("123456797", "00123456797", []),
    (
      "52998224724", "52998224724",
      [Problem(path: .candidateIdentificationDocument, problem: .notCPF)]
    ),
    ("AB 123", "AB 123", [Problem(path: .candidateIdentificationDocument, problem: .notCPF)]),
  ])
  func `a CPF is kept as digits, another document as sent`(
    sent: String, kept: String, problems: [WebhookEvent.Problem]
  ) throws {
    let details = try details(
      candidate: "{\"identificationDocument\":\"\(sent)\",\"mobileNumber\":\"11955550101\"}")
    #expect(details[.candidateIdentificationDocument] == kept)
    #expect(details.problems == problems)
  }

  @Test(arguments: [
    ("ana@padaria.com.br", true), (" ana.lima+1@x.co ", true), ("ána@exämple.org", true),
    ("ana", false), ("@x.co", false), ("ana@", false), ("ana@localhost", false),
    ("ana@x..co", false), ("ana@x.co.", false), ("ana@.co", false), ("a@b@x.co", false),
    ("ana lima@x.co", false),
  ])
  func `an email is kept as sent, a bad one with a problem`(sent: String, isGood: Bool) throws {
    let details = try details(
      candidate: "{\"email\":\"\(sent)\",\"mobileNumber\":\"11955550101\"}")
    #expect(details[.candidateEmail] == sent)
    #expect(
      details.problems == (isGood ? [] : [Problem(path: .candidateEmail, problem: .notEmail)]))
  }
}
