import Gupy
import Testing

struct JobAndStepTests {
  private typealias Problem = WebhookEvent.Problem

  /// The details of an event with a candidate, in which `job` and `step` stand.
  private func details(job: String = "{\"name\":\"Padeiro\"}", step: String) throws
    -> WebhookEvent.Details
  {
    try Fixture.details(
      data: """
        {"job":\(job),"application":{"id":7,"currentStep":\(step)},
        "candidate":{"mobileNumber":"11955550101"}}
        """)
  }

  @Test(arguments: [
    ("null", Problem.Kind.missing), ("\"\"", .missing), ("\" \\u00a0\\t\"", .missing),
    ("{}", .unreadable), ("[]", .unreadable),
  ])
  func `a step without a name is a problem`(sent: String, kind: WebhookEvent.Problem.Kind) throws {
    let details = try details(step: "{\"type\":\"final\",\"name\":\(sent)}")
    #expect(details.values(of: "currentStep") == [.currentStepType: "final"])
    #expect(details.problems == [Problem(path: .currentStepName, problem: kind)])
  }

  @Test(arguments: [
    ("1.5", "1.5"), ("2", "2"), ("2.0", "2"), ("9007199254740993", "9007199254740993"),
  ])
  func `a number counts as its digits where text stands`(sent: String, name: String) throws {
    let details = try details(step: "{\"name\":\(sent)}")
    #expect(details[.currentStepName] == name)
    #expect(details.problems == [])
  }

  @Test func `a job without a name is a problem`() throws {
    let details = try details(job: "null", step: "{\"name\":\"Cadastro\"}")
    #expect(details.values(of: "job") == [:])
    #expect(details.problems == [Problem(path: .jobName, problem: .missing)])
  }

  @Test(arguments: [
    ("7410021", "7410021"), ("\"0007410021\"", "7410021"), ("7.410021E6", "7410021"),
    ("\"7410021\"", "7410021"), ("9223372036854775807", "9223372036854775807"),
  ])
  func `a job id is one string of digits however it is written`(sent: String, id: String) throws {
    let details = try details(
      job: "{\"id\":\(sent),\"name\":\"Padeiro\"}", step: "{\"name\":\"Cadastro\"}")
    #expect(details[.jobID] == id)
    #expect(details.problems == [])
  }

  @Test(arguments: ["1.5", "\"abc\"", "-1", "9223372036854775808", "{}", "true"])
  func `a job id that cannot be read is absent and a problem`(sent: String) throws {
    let details = try details(
      job: "{\"id\":\(sent),\"name\":\"Padeiro\"}", step: "{\"name\":\"Cadastro\"}")
    #expect(details.values(of: "job") == [.jobName: "Padeiro"])
    #expect(details.problems == [Problem(path: .jobID, problem: .unreadable)])
  }

  @Test func `the real path of a step wins over the other ones`() throws {
    let details = try Fixture.details(
      data: """
        {"application":{"id":7,"currentStep":{"name":"A"},"previousStep":{"name":"B"}},
        "currentStep":{"name":"C"},"previousStep":{"name":"D"}}
        """, more: ",\"previousStep\":{\"Name\":\"E\"}")
    #expect(details[.currentStepName] == "A")
    #expect(details[.previousStepName] == "B")
  }

  @Test func `the other paths of the previous step are read in their order`() throws {
    let data = #"{"application":{"id":7},"previousStep":{"name":"D"}}"#
    #expect(try Fixture.details(data: data)[.previousStepName] == "D")
    let details = try Fixture.details(data: data, more: #","previousStep":{"Name":"E"}"#)
    #expect(details[.previousStepName] == "E")
  }
}
