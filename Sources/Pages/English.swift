import Configuration
import FastCGI
import Gupy
import Journal
import Lookup
import Messaging

/// What is said in English.
package struct English: Phrases {
  /// There is only one.
  package init() {}

  let name = "English"
  let title = "Status"
  let search = "Search"
  let searchHint = "Application or event"

  func verdict(_ concerns: [Concern]) -> String {
    if concerns.contains(where: \.isGrave) {
      return "Something is wrong: candidates may be waiting."
    }
    return concerns.isEmpty ? "All is well." : "It works, and something needs attention."
  }

  package func concern(_ concern: Concern, _ moment: (Timestamp) -> String) -> String {
    let since = concern.since.map { " since \(moment($0))" } ?? ""
    let evidence = concern.evidence.map { " (\($0))" } ?? ""
    return switch concern.kind {
    case .state: "The state folder cannot be written\(evidence): no webhook can be kept."
    case .noRoom: "The disk is full\(evidence): no webhook can be kept."
    case .unreadable: "Something in the state folder cannot be read or written\(evidence)\(since)."
    case .failing: "No delivery was answered 200\(since)."
    case .keyRefused: "The provider refuses the account, the key or the address\(evidence)\(since)."
    case .paused: "The provider failed three times in a row\(evidence): sending is paused\(since)."
    case .stuck: "A process does not go on\(evidence)\(since)."
    case .busy: "Webhooks wait too long for a worker\(evidence)\(since)."
    case .clock: "nginx's clock and the workers' differ\(evidence)\(since)."
    case .secret: "Webhooks come with a secret that is not configured\(since)."
    case .limited: "nginx turns webhooks away\(evidence)\(since)."
    case .inactive: "Gupy has switched the address off\(evidence)\(since)."
    case .noDelivery: "Nothing has come from Gupy\(since)."
    case .sharedState:
      "Workers of another configuration\(evidence) use this state folder\(since)."
    case .futureDates: "Events are dated after their arrival\(evidence)\(since)."
    case .unfinished: "An event waits for longer than Gupy repeats\(since)."
    case .noRetry:
      concern.since == nil
        ? "gatilhoctl retry has never run." : "gatilhoctl retry has not run\(since)."
    case .needsPerson where concern.count == 1: "One event needs action, see below."
    case .needsPerson: "\(concern.count ?? 0) events need action, see below."
    case .littleRoom: "The disk is nearly full\(evidence)."
    case .strayNames: "The state folder holds what is not gatilho's\(evidence)."
    }
  }

  package func remedy(_ kind: Concern.Kind) -> String {
    switch kind {
    case .state: "The worker's log says why; the folder belongs to the user that runs gatilho."
    case .noRoom, .littleRoom:
      "Make room (df -h, df -i, quotas): retention and gatilhoctl purge; for the quarantine"
        + " gatilhoctl events dismiss."
    case .unreadable:
      "Give it back to the user that runs gatilho, or see the kernel's log for the disk: the rest goes on."
    case .failing: "See the worker's log: after seven days Gupy removes the address."
    case .keyRefused: "Mend provider.settings; gatilhoctl check --live asks the provider."
    case .paused: "See the provider's status page, then gatilhoctl check --live."
    case .stuck: "End that process: its manager starts another."
    case .busy: "Start more workers."
    case .clock: "Let chrony or systemd-timesyncd set the clock of both."
    case .secret: "Compare gupy.secrets with Gupy's: gatilhoctl webhooks ensure."
    case .limited:
      "gatilhoctl check says what it refuses: see the limit, the list and the paths in gatilho-http.conf."
    case .inactive: "Mend what fails, then gatilhoctl webhooks ensure."
    case .noDelivery: "gatilhoctl webhooks list says whether the address is still registered."
    case .sharedState:
      "One state folder a configuration; after a move: gatilhoctl state adopt."
    case .futureDates:
      "Compare this host's clock with Gupy's; the messages are sent all the same, and what an earlier"
        + " version ignored for it by gatilhoctl retry --status superseded."
    case .unfinished: "gatilhoctl retry sends it, and says what stands in the way."
    case .noRetry: "Let a timer run gatilhoctl retry every quarter of an hour."
    case .needsPerson: "gatilhoctl events list --needs-person lists them."
    case .strayNames: "Take it away: gatilho passes it over, and so does erase."
    }
  }

  let now = "Now"
  let recipients = "Who gets messages"
  func recipients(_ recipients: Configuration.Recipients) -> String {
    switch recipients {
    case .everyone: "Every candidate"
    case .nobody: "Nobody (dry run)"
    case .list(let numbers) where numbers.count == 1: "Pilot: one number"
    case .list(let numbers): "Pilot: \(numbers.count) numbers"
    }
  }
  let lastDelivery = "Last delivery from Gupy"
  let noDelivery = "None within 30 days"
  let removal = "Removal by Gupy"
  let noRemoval = "Not in sight: the last delivery was answered 200"
  let provider = "Provider"
  package func sending(
    _ trouble: CircuitBreaker.Trouble?, _ duration: (Int64) -> String
  ) -> String {
    guard let trouble, !trouble.isClosed else { return "In use" }
    if let left = trouble.left { return "Sending is paused for another \(duration(left))" }
    return trouble.prober.map { "One message tries (\($0.name))" } ?? "The next message tries"
  }
  let retry = "gatilhoctl retry"
  let noRetry = "Never ran"
  func left(_ count: String) -> String { "\(count) left" }
  let room = "Room on the disk"

  let needs = "What needs a person"
  let noNeeds = "Nothing."
  func more(_ count: String) -> String { "… and \(count) more: gatilhoctl events --needs-person" }
  package func need(_ need: RetryStatus) -> Need {
    switch need {
    case .unconfirmed:
      Need(
        name: "May have been sent",
        reason: "The provider gave no readable answer. Look into its panel first.",
        commands: [
          ("gatilhoctl retry --status unconfirmed", "it did not arrive: send again"),
          ("gatilhoctl retry --status unconfirmed --mark-accepted", "it arrived: close it"),
        ])
    case .rejected:
      Need(
        name: "Refused by the provider",
        reason: "Mend the template or the data at the provider.",
        commands: [
          ("gatilhoctl retry --status rejected", "send again"),
          (
            "gatilhoctl retry --status rejected --mark-accepted", "settled by other means: close it"
          ),
        ])
    case .undeliverable:
      Need(
        name: "No message can be made",
        reason: "A usable mobile number, or a value that the message needs, is missing."
          + " Reach the candidate by other means, or mend the rule.",
        commands: [
          ("gatilhoctl retry --status undeliverable", "try again"),
          (
            "gatilhoctl retry --status undeliverable --mark-accepted",
            "settled by other means: close it"
          ),
        ])
    case .noRule:
      Need(
        name: "No rule is for it",
        reason: "If a message is due, write a rule.",
        commands: [
          ("gatilhoctl retry --status noRule", "send"),
          ("gatilhoctl retry --status noRule --mark-accepted", "settled by other means: close it"),
        ])
    case .superseded:
      Need(
        name: "Outdated",
        reason: "A newer move had come before it.",
        commands: [
          ("gatilhoctl retry --status superseded", "decide again: what is outdated stays so")
        ])
    case .quarantine:
      Need(
        name: "No event of Gupy's",
        reason: "JSON with the right secret that is no event. See who sends it.",
        commands: [
          ("gatilhoctl retry --status quarantine", "after an update: read it again"),
          ("gatilhoctl events dismiss --all", "nobody needs them: remove them"),
        ])
    case .unavailable:
      Need(
        name: "Not sent yet",
        reason: "Gupy's repeats send it, and after two hours gatilhoctl retry.",
        commands: [("gatilhoctl retry", "send now")])
    }
  }

  let lastDay = "Last 24 hours"
  let lastMonth = "Last 30 days"
  func group(_ group: OutcomeGroup) -> String {
    switch group {
    case .accepted: "Accepted"
    case .ignored: "No message due"
    case .waiting: "Waiting"
    case .needing: "Not delivered"
    }
  }
  let asTable = "As a table"
  let hour = "Hour"
  let day = "Day (UTC)"

  let latency = "How long it takes"
  let latencyHint = "Within what time so many of the last 24 hours' events were through."
  let providerCall = "Provider's call"
  let syncs = "Writing to disk"
  let calls = "Events"
  func within(_ milliseconds: Int?) -> String {
    guard let milliseconds else { return "over 10 s" }
    return milliseconds < 1_000 ? "\(milliseconds) ms" : "\(milliseconds / 1_000) s"
  }

  let latest = "Latest events"
  let noEvents = "No event within 30 days."
  let when = "When"
  let application = "Application"
  let event = "Event"
  let result = "Result"
  let candidate = "Candidate"
  let mobile = "Mobile number"
  let job = "Job"
  func status(_ status: EventStatus) -> String {
    switch status {
    case .received: "In hand"
    case .accepted: "Accepted"
    case .ignored: "No message due"
    case .undeliverable: "No message possible"
    case .rejected: "Refused"
    case .unavailable: "Not sent yet"
    case .unconfirmed: "May have been sent"
    }
  }

  func unknown(_ what: String) -> String { "Nothing is known of “\(what)”." }
  let badQuery = "This address asks for something that the page does not know."
  let badConfiguration = "The configuration cannot be read: gatilhoctl check says why."
  let unreadable = "The journal cannot be read: the worker's log says why."
  let back = "Overview"
  func omitted(_ count: String, of application: Int64) -> String {
    "… and \(count) earlier lines: gatilhoctl events show \(application)"
  }
  func madeAt(_ moment: String, zone: String, version: String) -> String {
    "As of \(moment) (\(zone)). gatilho \(version)"
  }

  func ago(_ duration: String) -> String { "\(duration) ago" }
  func duration(_ count: Int64, _ unit: TimeUnit) -> String {
    switch unit {
    case .days: count == 1 ? "1 day" : "\(count) days"
    case .hours: "\(count) h"
    case .minutes: "\(count) min"
    case .seconds: "\(count) s"
    }
  }
  let momentFormat = "%Y-%m-%d %H:%M"
  let dayOrder = (parts: [1, 2], mark: "-")
  let separators = (thousands: ",", fraction: ".")
}

extension English {
  package var applied: String { "applied" }
  package func moved(to step: String?) -> String {
    "moved to \(step.map { "“\($0)”" } ?? "another step")"
  }
  package var unreadableEvent: String { "an event that cannot be read" }
  package var arrived: String { "it arrived" }
  package var erased: String { "what names the candidate was erased" }
  package func problem(_ path: String, _ problem: String) -> String {
    "problem: \(path) is \(problem)"
  }
  package func opened(by who: String) -> String { "opened again by \(who)" }
  package func attempt(_ provider: String) -> String { "its message goes to \(provider)" }
  package func template(_ name: String) -> String { "template \(name)" }
  package func rule(_ name: String) -> String { "rule \(name)" }
  package var although: String { "although it may have been sent" }
  package func verdict(_ status: Outcome.Status) -> String {
    switch status {
    case .accepted: "the provider accepted it"
    case .ignored: "no message is due"
    case .undeliverable: "no message can be made"
    case .rejected: "the provider refused it for good"
    case .unavailable: "it was certainly not sent"
    case .unconfirmed: "nobody knows whether it was sent"
    }
  }
  package func reason(_ reason: IgnoreReason) -> String {
    switch reason {
    case .erased: "the candidate's data were erased"
    case .exceptedStep: "candidates are not told of this step"
    case .noRule: "no message rule is for it"
    case .repeated: "the same came before under another id, or its rule was used"
    case .superseded: "a newer move came before it"
    case .stale: "it came too late"
    case .notARecipient: "the candidate is not among the recipients"
    }
  }
  package func message(_ id: String) -> String { "message \(id)" }
  package var closed: String { "closed by a person, settled by other means" }
  package var inHand: String { "a worker has it in hand, or died with it" }
  package var done: String { "done: nothing is left to do" }
}
