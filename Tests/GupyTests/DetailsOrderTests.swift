import Gupy
import Testing

/// When an event happened, for order alone: DESIGN §6, the clock of others.
struct DetailsOrderTests {
  private static let arrival = "2026-03-04T18:30:00.000Z"

  private func details(_ date: String) throws -> WebhookEvent.Details {
    .init(
      type: .applicationMoved, date: try #require(Timestamp(date)),
      application: try #require(ApplicationID("1")))
  }

  @Test(arguments: [
    ("2026-03-04T18:29:00.000Z", false), ("2026-03-04T18:30:00.001Z", false),
    ("2026-03-04T18:35:00.000Z", false), ("2026-03-04T18:35:00.001Z", true),
    ("2099-01-01T00:00:00.000Z", true), ("9999-12-31T23:59:59.999Z", true),
    ("0001-01-01T00:00:00.000Z", false),
  ])
  func `a date more than five minutes after the arrival counts as the arrival, and is a problem`(
    _ date: String, _ isAhead: Bool
  ) throws {
    let (details, arrival) = (try details(date), try #require(Timestamp(Self.arrival)))
    #expect(details.moment(arrival: arrival).description == (isAhead ? Self.arrival : date))
    #expect(details.moment(arrival: nil).description == date)
    let kept = details.arrived(at: arrival)
    #expect(kept.date.description == date)
    #expect(
      kept.problems
        == (isAhead ? [WebhookEvent.Problem(path: .eventDate, problem: .ahead)] : []))
    #expect(kept.arrived(at: arrival) == kept)
  }
}
