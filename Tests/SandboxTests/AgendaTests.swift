import Testing

@testable import Sandbox

/// What is delivered when, with a clock that a test sets.
@Suite struct AgendaTests {
  private let start = ContinuousClock.now

  private func event(_ event: Int, number: Int = 1) -> Agenda.Delivery {
    Agenda.Delivery(event: event, isCopy: false, number: number)
  }

  @Test func `first deliveries begin at the rate`() {
    var agenda = Agenda(count: 3, rate: 2, start: start)
    #expect(agenda.next(at: start) == .deliver(event(0)))
    #expect(agenda.next(at: start) == .wait(until: start + .milliseconds(500)))
    #expect(agenda.next(at: start + .milliseconds(499)) == .wait(until: start + .milliseconds(500)))
    #expect(agenda.next(at: start + .milliseconds(1_200)) == .deliver(event(1)))
    #expect(agenda.next(at: start + .milliseconds(1_200)) == .deliver(event(2)))
  }

  @Test func `without a rate all are due at once, and it ends when none is under way`() {
    var agenda = Agenda(count: 2, rate: nil, start: start)
    #expect(agenda.next(at: start) == .deliver(event(0)))
    #expect(agenda.next(at: start) == .deliver(event(1)))
    agenda.end()
    #expect(agenda.next(at: start) != .end)
    agenda.end()
    #expect(agenda.next(at: start) == .end)
  }

  @Test func `what comes again goes by its time, and before what comes for the first time`() {
    var agenda = Agenda(count: 4, rate: nil, start: start)
    for _ in 0..<3 { _ = agenda.next(at: start) }
    let dues = [3, 1, 2].map { start + .seconds($0) }
    for (number, due) in dues.enumerated() { agenda.end((due, event(number).repeated)) }
    #expect(agenda.next(at: start + .seconds(1)) == .deliver(event(1, number: 2)))
    #expect(agenda.next(at: start + .seconds(1)) == .deliver(event(3)))
    #expect(agenda.next(at: start + .seconds(1)) == .wait(until: start + .seconds(2)))
    #expect(agenda.next(at: start + .seconds(9)) == .deliver(event(2, number: 2)))
    #expect(agenda.next(at: start + .seconds(9)) == .deliver(event(0, number: 2)))
  }

  @Test func `a repeat that is due earlier than the next first delivery is waited for`() {
    var agenda = Agenda(count: 2, rate: 0.1, start: start)
    _ = agenda.next(at: start)
    agenda.end((start + .seconds(3), event(0).repeated))
    #expect(agenda.next(at: start) == .wait(until: start + .seconds(3)))
  }
}
