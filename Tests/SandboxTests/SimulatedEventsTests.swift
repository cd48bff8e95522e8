import Gupy
import JSON
import Sandbox
import Testing

/// The invented events, read as gatilho reads them.
@Suite struct SimulatedEventsTests {
  private let start = Timestamp(milliseconds: 1_772_649_012_345)

  private func events(
    _ count: Int = 400, seed: UInt64 = 5, outOfOrder: Int = 0,
    spelling: GupyEvent.Spelling = .real
  ) -> SimulatedEvents {
    SimulatedEvents(
      count: count, seed: seed, outOfOrder: outOfOrder, start: start, spelling: spelling)
  }

  private func details(_ event: GupyEvent) throws -> WebhookEvent.Details {
    let webhook = try WebhookPayload(json: event.body).validated()
    guard case .event(let read) = webhook else { throw PayloadError.notJSON }
    #expect(read.id == event.id)
    return read.details
  }

  @Test func `the same seed makes the same bodies, another makes others`() {
    let bodies = events(outOfOrder: 20).all.map(\.body)
    #expect(bodies == events(outOfOrder: 20).all.map(\.body))
    #expect(bodies.count == 400)
    #expect(Set(bodies).count == 400)
    #expect(Set(bodies).isDisjoint(with: events(seed: 6, outOfOrder: 20).all.map(\.body)))
  }

  @Test(arguments: [GupyEvent.Spelling.real, .documented])
  func `every event has all that a message may need, and nothing is wrong with it`(
    _ spelling: GupyEvent.Spelling
  ) throws {
    for event in events(spelling: spelling).all {
      let details = try details(event)
      #expect(details.problems.isEmpty)
      #expect(details.application.number == event.application)
      #expect(details[.jobID] == String(event.jobID))
      #expect(details[.jobName] == event.job)
      #expect(details[.currentStepName] == event.step)
      #expect(details[.currentStepType] == event.stepType)
      #expect(details[.previousStepName] == event.previousStep)
      #expect(details[.candidateIdentificationDocument].flatMap { CPF($0) } != nil)
      let mobile = try #require(details.recipient)
      #expect(mobile.e164.wholeMatch(of: /\+55\d\d9\d{8}/) != nil)
      #expect(Behaviour(recipient: mobile.digits) == nil)
      #expect(details[.candidateEmail]?.hasSuffix("@example.com") == true)
    }
  }

  @Test func `the documented places are the other ones`() throws {
    let events = events(100, spelling: .documented).all
    let event = try #require(events.first { $0.previousStep != nil })
    let body = try #require(JSONValue(event.body))
    func text(_ pointer: String) -> String? { JSONPointer(pointer)?.value(in: body)?.text }
    #expect(text("/application/id") == String(event.application))
    #expect(text("/job/id") == String(event.jobID))
    #expect(text("/data/currentStep/name") == event.step)
    #expect(text("/previousStep/Name") == event.previousStep)
    #expect(text("/data/identificationDocument") == event.cpf)
    for real in [
      "/data/application/id", "/data/job/id", "/data/application/currentStep/name",
      "/data/application/previousStep/name", "/data/candidate/identificationDocument",
    ] { #expect(text(real) == nil) }
  }

  @Test func `an application is created and then moves on, all just before the start`() throws {
    let stories = Dictionary(grouping: events().all, by: \.application)
    #expect(stories.count > 80)
    for story in stories.values {
      #expect(story.map(\.type).dropFirst().allSatisfy { $0 == "application.moved" })
      #expect(story[0].type == "application.created")
      let dates = try story.map { try details($0).date }
      #expect(dates == dates.sorted())
      #expect(Set(dates).count == dates.count)
      #expect(story.dropFirst().map(\.previousStep) == story.dropLast().map(\.step))
      #expect(dates.allSatisfy { -6_000..<0 ~= $0.milliseconds - start.milliseconds })
    }
  }

  @Test(arguments: [0, 20, 100])
  func `so many events come after the one that follows them`(_ percent: Int) {
    let events = events(outOfOrder: percent)
    let ids = self.events().all.map(\.id)
    #expect(Set(ids) == Set(events.all.map(\.id)))
    var late = 0
    for story in Dictionary(grouping: events.all, by: \.application).values {
      late += zip(story, story.dropFirst()).count { $0.date > $1.date }
    }
    #expect(late == events.swapped)
    let possible = ids.count - Set(events.all.map(\.application)).count
    let expected = [0: 0...0, 20: possible / 10...possible / 4, 100: possible / 2...possible]
    #expect(expected[percent]?.contains(late) == true, "\(late) of \(possible)")
  }
}
