import Configuration
import Gupy
import Journal
import Lookup

/// All that the page says, so that no language lacks anything.
protocol Phrases: StoryPhrases {
  /// The language's own name.
  var name: String { get }
  var title: String { get }
  var search: String { get }
  var searchHint: String { get }
  /// The whole service in a sentence.
  func verdict(_ concerns: [Concern]) -> String
  /// What is not as it should be, in a sentence.
  func concern(_ concern: Concern, _ moment: (Timestamp) -> String) -> String
  /// What to do about it, in a sentence.
  func remedy(_ kind: Concern.Kind) -> String

  var now: String { get }
  var recipients: String { get }
  func recipients(_ recipients: Configuration.Recipients) -> String
  var lastDelivery: String { get }
  var noDelivery: String { get }
  var removal: String { get }
  var noRemoval: String { get }
  var provider: String { get }
  /// Whether messages are sent, and if not, when one is, or who tries.
  func sending(_ trouble: CircuitBreaker.Trouble?, _ duration: (Int64) -> String) -> String
  var retry: String { get }
  var noRetry: String { get }
  func left(_ count: String) -> String
  var room: String { get }

  var needs: String { get }
  var noNeeds: String { get }
  /// How many of the events that need a person are not shown.
  func more(_ count: String) -> String

  var lastDay: String { get }
  var lastMonth: String { get }
  func group(_ group: OutcomeGroup) -> String
  var asTable: String { get }
  var hour: String { get }
  var day: String { get }

  var latency: String { get }
  var latencyHint: String { get }
  var providerCall: String { get }
  var syncs: String { get }
  var calls: String { get }
  func within(_ milliseconds: Int?) -> String

  var latest: String { get }
  var noEvents: String { get }
  var when: String { get }
  var application: String { get }
  var event: String { get }
  var result: String { get }
  var candidate: String { get }
  var mobile: String { get }
  var job: String { get }
  func status(_ status: EventStatus) -> String

  func unknown(_ what: String) -> String
  var badQuery: String { get }
  var badConfiguration: String { get }
  var unreadable: String { get }
  var back: String { get }
  /// How many earlier lines of an application's story are not shown, and how to see them.
  func omitted(_ count: String, of application: Int64) -> String
  /// When the page was made, and by what clock.
  func madeAt(_ moment: String, zone: String, version: String) -> String

  /// How long ago.
  func ago(_ duration: String) -> String
  /// A whole number of a unit.
  func duration(_ count: Int64, _ unit: TimeUnit) -> String
  /// A moment's form, as strftime(3) knows it.
  var momentFormat: String { get }
  /// Which parts of `2026-03-04` name a day, and what stands between them.
  var dayOrder: (parts: [Int], mark: String) { get }
  /// Between each three digits, and before the fraction.
  var separators: (thousands: String, fraction: String) { get }
}

/// What a duration is counted in.
enum TimeUnit: CaseIterable {
  case days, hours, minutes, seconds

  /// In milliseconds.
  var length: Int64 {
    switch self {
    case .days: 86_400_000
    case .hours: 3_600_000
    case .minutes: 60_000
    case .seconds: 1_000
    }
  }
}

/// What events came to, as far as the bars tell it apart.
enum OutcomeGroup: String, CaseIterable {
  case accepted, ignored, waiting, needing

  /// The group of a status.
  init(_ status: EventStatus) {
    switch status {
    case .accepted: self = .accepted
    case .ignored: self = .ignored
    case .received, .unavailable: self = .waiting
    case .undeliverable, .rejected, .unconfirmed: self = .needing
    }
  }
}
