import Gupy
import Journal
import Lookup

/// How many events came to what, over time: bars, and the same as a table.
struct BarChart {
  let teller: Teller
  /// The id of the heading.
  let id: String
  let title: String
  /// What a bar stands for.
  let unit: String
  let spans: [Figures.Span]
  /// What a bar is called.
  let label: (Timestamp) -> String

  private static let height = 100.0
  /// A bar, and a bar with the gap behind it.
  private static let (width, step) = (8, 10)
  /// A single event among thousands is seen too.
  private static let least = 2.0

  /// The section of the page.
  var html: HTML {
    HTML("section", ["aria-labelledby": id]) {
      HTML("h2", ["id": id]) { title }
      legend
      bars
      HTML("p", ["class": "axis", "aria-hidden": "true"]) {
        for span in [spans.first, spans.last].compactMap(\.self) {
          HTML("span") { label(span.start) }
        }
      }
      HTML("details") {
        HTML("summary") { teller.phrases.asTable }
        HTML(scrolling: id) { table }
      }
    }
  }

  private func sum(_ group: OutcomeGroup) -> Int { spans.reduce(0) { $0 + $1.count(group) } }

  private var legend: HTML {
    HTML("dl", ["class": "legend"]) {
      for group in OutcomeGroup.allCases {
        HTML("div", ["class": group.rawValue]) {
          HTML("dt") { teller.phrases.group(group) }
          HTML("dd") { teller.number(sum(group)) }
        }
      }
    }
  }

  private var bars: HTML {
    let most = max(1, spans.map(\.total).max() ?? 1)
    return HTML(
      "svg",
      [
        "viewBox": "0 0 \(spans.count * Self.step) \(Int(Self.height))", "role": "img",
        "preserveAspectRatio": "none", "aria-label": spoken,
      ]
    ) {
      for (place, span) in spans.enumerated() where span.total > 0 {
        HTML("g") {
          HTML("title") { spoken(span) }
          bar(place, span, most)
        }
      }
    }
  }

  /// One bar: what was accepted stands below.
  private func bar(_ place: Int, _ span: Figures.Span, _ most: Int) -> [HTML] {
    var top = Self.height
    return OutcomeGroup.allCases.compactMap { group in
      let count = span.count(group)
      guard count > 0 else { return nil }
      let height = max(Self.least, Self.height * Double(count) / Double(most))
      top = max(0, top - height)
      return HTML(
        "rect",
        [
          "class": group.rawValue, "x": "\(place * Self.step + 1)", "y": Self.tenths(top),
          "width": "\(Self.width)", "height": Self.tenths(height),
        ])
    }
  }

  private static func tenths(_ number: Double) -> String { "\((number * 10).rounded() / 10)" }

  private var spoken: String {
    OutcomeGroup.allCases.map { "\(teller.phrases.group($0)): \(teller.number(sum($0)))" }
      .joined(separator: ", ")
  }

  private func spoken(_ span: Figures.Span) -> String {
    let counts = OutcomeGroup.allCases.map { ($0, span.count($0)) }.filter { $0.1 > 0 }
    return label(span.start) + " · "
      + counts.map { "\(teller.phrases.group($0)): \(teller.number($1))" }.joined(separator: ", ")
  }

  private var table: HTML {
    HTML("table") {
      HTML("thead") {
        HTML("tr") {
          HTML("th", ["scope": "col"]) { unit }
          for group in OutcomeGroup.allCases {
            HTML("th", ["scope": "col", "class": "number"]) { teller.phrases.group(group) }
          }
        }
      }
      HTML("tbody") {
        for span in spans.reversed() where span.total > 0 {
          HTML("tr") {
            HTML("th", ["scope": "row"]) { label(span.start) }
            for group in OutcomeGroup.allCases {
              HTML("td", ["class": "number"]) { teller.number(span.count(group)) }
            }
          }
        }
      }
    }
  }
}

extension Figures.Span {
  fileprivate var total: Int { events.values.reduce(0, +) }

  fileprivate func count(_ group: OutcomeGroup) -> Int {
    events.reduce(0) { $1.key.group == group ? $0 + $1.value : $0 }
  }
}

extension DaySummary.Kind {
  /// Nil for a status that this version does not know.
  fileprivate var group: OutcomeGroup? { EventStatus(rawValue: status).map(OutcomeGroup.init) }
}

extension Figures {
  /// The bars of the last 24 hours.
  func lastDay(_ teller: Teller) -> HTML {
    BarChart(
      teller: teller, id: "day", title: teller.phrases.lastDay, unit: teller.phrases.hour,
      spans: hours
    ) { $0.local("%H:%M") }.html
  }

  /// The bars of the last thirty days. They are UTC's, whatever this machine's clock shows.
  func lastMonth(_ teller: Teller) -> HTML {
    BarChart(
      teller: teller, id: "month", title: teller.phrases.lastMonth, unit: teller.phrases.day,
      spans: days
    ) { teller.day($0) }.html
  }
}
