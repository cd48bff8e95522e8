import Gupy
import Handler
import Journal

/// An application's story as a person reads it.
struct StoryReport {
  typealias Details = WebhookEvent.Details

  private let application: Int64
  private let lines: [Line<Details>]
  private let history: History<Details>

  /// - Parameters:
  ///   - lines: what is shown of the file.
  ///   - history: what the file means.
  init(_ application: Int64, _ lines: [Line<Details>?], _ history: History<Details>) {
    self.application = application
    self.lines = lines.compactMap(\.self)
    self.history = history
  }

  /// Prints whose application it is, and each event with all that happened to it.
  func print() {
    Swift.print("application \(application)")
    for line in latest?.facts ?? [] { Swift.print("  " + line.harmless) }
    for entry in history.entries { print(entry) }
  }

  private var latest: Details? { lines.compactMap(\.event).max { $0.date < $1.date } }

  private func print(_ entry: Entry<Details>) {
    let headline = entry.event?.headline ?? "an event that cannot be read"
    Swift.print("\n\(headline.harmless), event \(entry.eventId.harmless)")
    for line in lines where line.eventId.utf8.elementsEqual(entry.eventId.utf8) {
      for (index, words) in line.words.enumerated() {
        Swift.print("  \(index == 0 ? line.time : "".padded(to: 19))  \(words.harmless)")
      }
    }
    Swift.print("  → \(Self.next(entry))")
  }

  private static func next(_ entry: Entry<Details>) -> String {
    guard EventStatus(entry) != .received else { return "a worker has it in hand, or died with it" }
    return Retry.Status(entry)?.advice ?? "done: nothing is left to do"
  }
}

extension Line<WebhookEvent.Details> {
  fileprivate var time: String { Timestamp(at)?.local ?? at }

  /// What happened, the most important first.
  fileprivate var words: [String] {
    let isErased = erased == true ? ["what names the candidate was erased"] : []
    let arrival = event.map { ["it arrived"] + isErased + $0.problems.map(\.words) }
    let opening = reopened.map { ["opened again by \($0.by)"] }
    return arrival ?? attempt.map { [$0.words] } ?? outcome.map { [$0.words] } ?? opening ?? []
  }
}

extension WebhookEvent.Details {
  fileprivate var headline: String {
    let what =
      switch type {
      case .applicationCreated: "applied"
      case .applicationMoved: "moved to \(currentStep?.name.map { "“\($0)”" } ?? "another step")"
      }
    return "\(date.local)  \(what)"
  }

  /// Whose application it is, as far as that is known.
  fileprivate var facts: [String] {
    [
      candidate?.fullName.map { "candidate: \($0)" }, candidate?.email.map { "e-mail: \($0)" },
      candidate?.mobileNumber.map { "mobile: \($0)" },
      candidate?.identificationDocument.map { "CPF: \($0)" },
      job?.name.map { "job: \($0)\(job?.id.map { " (\($0))" } ?? "")" },
    ].compactMap(\.self)
  }
}

extension WebhookEvent.Problem {
  fileprivate var words: String { "problem: \(path.rawValue) is \(problem.rawValue)" }
}

extension Attempt {
  fileprivate var words: String {
    [
      "its message goes to \(provider)", template.map { "template \($0)" },
      rule.map { "rule \($0)" }, resend == true ? "although it may have been sent" : nil,
    ].compactMap(\.self).joined(separator: ", ")
  }
}

extension Outcome {
  fileprivate var words: String {
    let why = status == .ignored ? reason.flatMap(Policy.Reason.init)?.words : reason
    let details = [why, httpStatus.map { "HTTP \($0)" }, messageId.map { "message \($0)" }]
      .compactMap(\.self).joined(separator: ", ")
    return details.isEmpty ? verdict : "\(verdict) (\(details))"
  }

  private var verdict: String {
    switch status {
    case .accepted: "the provider accepted it"
    case .ignored: "no message is due"
    case .undeliverable:
      "no message can be made: "
        + (problems ?? []).map { "\($0.path) \($0.problem)" }.joined(separator: ", ")
    case .rejected: "the provider refused it for good"
    case .unavailable: "it was certainly not sent"
    case .unconfirmed: "nobody knows whether it was sent"
    }
  }
}

extension Policy.Reason {
  fileprivate var words: String {
    switch self {
    case .erased: "the candidate's data were erased"
    case .exceptedStep: "candidates are not told of this step"
    case .noRule: "no message rule is for it"
    case .repeated: "the same came before under another id, or its rule was used"
    case .superseded: "a newer move came before it"
    case .stale: "it came too late"
    case .notARecipient: "the candidate is not among the recipients"
    }
  }
}
