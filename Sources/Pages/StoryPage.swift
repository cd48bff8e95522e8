import Gupy
import Journal
import Lookup

/// One application's story, with no more of the candidate than somebody needs who knows them already.
struct StoryPage {
  private let renderer: Renderer
  private let story: ApplicationStory

  /// How many lines are told: of a longer story the latest.
  private static let told = 200

  init(_ story: ApplicationStory, _ renderer: Renderer) {
    self.story = story.last(Self.told).masked
    self.renderer = renderer
  }

  @HTMLBuilder var html: HTML {
    HTML(section: "whose", "\(renderer.text(.application)) \(story.application)") {
      HTML(facts: facts)
    }
    story.events.reversed().map(article)
    if story.omitted > 0 {
      HTML("p", ["class": "quiet"]) {
        renderer.text(.omitted(renderer.number(story.omitted), of: story.application))
      }
    }
    renderer.wayBack
  }

  private var facts: [(name: String, value: HTML)] {
    let latest = story.latest
    let facts = [
      (Words.candidate, latest?[.candidateFullName]), (Words("E-mail"), latest?[.candidateEmail]),
      (.mobile, latest?[.candidateMobileNumber]),
      (Words("CPF"), latest?[.candidateIdentificationDocument]), (.job, latest?[.jobName]),
    ]
    return facts.compactMap { name, value in
      value.map { value in (renderer.text(name), HTML("bdi") { value }) }
    }
  }

  private func article(_ event: ApplicationStory.Event) -> HTML {
    let entry = event.entry
    return HTML("article") {
      HTML("h3") { HTML("bdi") { renderer.text(.headline(entry.event)) } }
      HTML("p") {
        renderer.badge(entry.listed)
        HTML("bdi", ["class": "quiet small"]) { " · \(entry.eventId)" }
      }
      HTML("ol", ["class": "story"]) { event.lines.map(item) }
      next(entry)
    }
  }

  private func item(_ line: Line) -> HTML {
    HTML("li") {
      if let at = line.at {
        HTML("time", ["class": "quiet", "datetime": at.description]) { at.local }
      }
      HTML("bdi") { renderer.text(line.words.joined(separator: "; ")) }
    }
  }

  /// What is left to do about the event.
  @HTMLBuilder private func next(_ entry: Entry) -> HTML {
    if entry.listed == .received {
      HTML("p") { renderer.text(.inHand) }
    } else if let remedy = entry.left?.remedy(application: story.application) {
      HTML("p") { renderer.text(remedy.advice) }
      renderer.commands(of: remedy)
    } else {
      HTML("p", ["class": "quiet"]) { renderer.text(.done) }
    }
  }
}
