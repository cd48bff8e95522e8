import Gupy
import Journal
import Lookup

/// One application's story, with no more of the candidate than somebody needs who knows them already.
struct StoryPage {
  private let teller: Teller
  private let story: ApplicationStory

  /// How many lines are told: of a longer story the latest.
  private static let told = 200

  init(_ story: ApplicationStory, by teller: Teller) {
    self.story = story.last(Self.told).masked
    self.teller = teller
  }

  private var phrases: any Phrases { teller.phrases }

  /// What stands in the page's middle.
  var html: HTML {
    HTML("section", ["aria-labelledby": "whose"]) {
      HTML("h2", ["id": "whose"]) { "\(phrases.application) \(story.application)" }
      HTML("dl", ["class": "facts"]) { facts }
    }
      + HTML(story.events.reversed().map(article))
      + omitted
      + HTML("p") { HTML("a", ["href": teller.address()]) { phrases.back } }
  }

  private var facts: [HTML] {
    let latest = story.latest
    let facts = [
      (phrases.candidate, latest?[.candidateFullName]), ("E-mail", latest?[.candidateEmail]),
      (phrases.mobile, latest?[.candidateMobileNumber]),
      ("CPF", latest?[.candidateIdentificationDocument]), (phrases.job, latest?[.jobName]),
    ]
    return facts.compactMap { name, value in
      value.map { value in
        HTML("div") {
          HTML("dt") { name }
          HTML("dd") { HTML("bdi") { value } }
        }
      }
    }
  }

  private var omitted: HTML {
    guard story.omitted > 0 else { return HTML() }
    let count = teller.number(story.omitted)
    return HTML("p", ["class": "quiet"]) { phrases.omitted(count, of: story.application) }
  }

  private func article(_ event: ApplicationStory.Event) -> HTML {
    let entry = event.entry
    return HTML("article") {
      HTML("h3") { HTML("bdi") { phrases.headline(entry.event) } }
      HTML("p") {
        teller.badge(EventStatus(entry))
        HTML("bdi", ["class": "quiet small"]) { " · \(entry.eventId)" }
      }
      HTML("ol", ["class": "story"]) {
        for line in event.lines { item(line) }
      }
      next(entry)
    }
  }

  private func item(_ line: Line) -> HTML {
    HTML("li") {
      HTML("time", ["class": "quiet", "datetime": line.at?.description ?? ""]) {
        line.at?.local ?? ""
      }
      HTML("bdi") { phrases.words(of: line).joined(separator: "; ") }
    }
  }

  /// What is left to do about the event.
  private func next(_ entry: Entry) -> HTML {
    guard EventStatus(entry) != .received else { return HTML("p") { phrases.inHand } }
    guard let need = entry.left.map(phrases.need) else {
      return HTML("p", ["class": "quiet"]) { phrases.done }
    }
    return HTML("p") { need.reason }
      + HTML(need.commandList(application: story.application))
  }
}
