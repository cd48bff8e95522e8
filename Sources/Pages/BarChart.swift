import Gupy
import Journal
import Lookup

/// How many events came to what, over time: bars, and the same as a table.
struct BarChart {
  let renderer: Renderer
  /// The id of the heading.
  let id: String
  let title: Words
  /// What a bar stands for.
  let unit: Words
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
    HTML(section: id, renderer.text(title)) {
      legend
      bars
      HTML("p", ["class": "axis", "aria-hidden": "true"]) {
        for span in [spans.first, spans.last].compactMap(\.self) {
          HTML("span") { label(span.start) }
        }
      }
      HTML("details") {
        HTML("summary") { renderer.text(.asTable) }
        table
      }
    }
  }

  private func sum(_ group: Standing.Group) -> Int { spans.reduce(0) { $0 + $1.count(group) } }

  private var legend: HTML {
    HTML("dl", ["class": "legend"]) {
      for group in Standing.Group.allCases {
        HTML("div", ["class": group.rawValue]) {
          HTML("dt") { renderer.text(group.words) }
          HTML("dd") { renderer.number(sum(group)) }
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
        "preserveAspectRatio": "none",
        "aria-label": spoken(Standing.Group.allCases.map { ($0, sum($0)) }),
      ]
    ) {
      for (place, span) in spans.enumerated() where span.total > 0 {
        let counts = Standing.Group.allCases.map { ($0, span.count($0)) }.filter { $0.1 > 0 }
        HTML("g") {
          HTML("title") { "\(label(span.start)) · \(spoken(counts))" }
          bar(place, counts, most)
        }
      }
    }
  }

  /// One bar: what was accepted stands below.
  private func bar(_ place: Int, _ counts: [(Standing.Group, Int)], _ most: Int) -> [HTML] {
    var top = Self.height
    return counts.map { group, count in
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

  private func spoken(_ counts: [(Standing.Group, Int)]) -> String {
    counts.map { "\(renderer.text($0.words)): \(renderer.number($1))" }.joined(separator: ", ")
  }

  private var table: HTML {
    HTML(
      figures: id, corner: HTML("th", ["scope": "col"]) { renderer.text(unit) },
      columns: Standing.Group.allCases.map { renderer.text($0.words) },
      rows: spans.reversed().filter { $0.total > 0 }.map { span in
        (label(span.start), Standing.Group.allCases.map { renderer.number(span.count($0)) })
      })
  }
}

extension Figures.Span {
  fileprivate var total: Int { events.values.reduce(0, +) }

  fileprivate func count(_ group: Standing.Group) -> Int {
    events.reduce(0) { $1.key.standing?.group == group ? $0 + $1.value : $0 }
  }
}
