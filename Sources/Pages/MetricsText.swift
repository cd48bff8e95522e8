import Journal
import Lookup

/// Figures as Prometheus reads them: its text format, version 0.0.4.
struct MetricsText {
  private(set) var text = ""

  /// What kind of figure it is.
  private enum Kind: String {
    case gauge, histogram
  }

  typealias Labels = KeyValuePairs<StaticString, String>

  /// Adds a figure that has one value.
  mutating func add(_ name: StaticString, _ help: StaticString, _ value: Double) {
    begin(name, help, .gauge)
    sample("\(name)", [:], value)
  }

  /// Adds a figure that has a value for each of some labels.
  mutating func add(
    _ name: StaticString, _ help: StaticString, _ samples: [(labels: Labels, value: Double)]
  ) {
    begin(name, help, .gauge)
    for (labels, value) in samples { sample("\(name)", labels, value) }
  }

  /// Adds a histogram, in seconds.
  mutating func add(_ name: StaticString, _ help: StaticString, _ histogram: Histogram) {
    begin(name, help, .histogram)
    var seen = 0
    for (bound, count) in zip(Histogram.bounds, histogram.counts) {
      seen += count
      sample("\(name)_bucket", ["le": "\(Double(bound) / 1_000)"], Double(seen))
    }
    sample("\(name)_bucket", ["le": "+Inf"], Double(histogram.count))
    sample("\(name)_sum", [:], Double(histogram.sum) / 1_000)
    sample("\(name)_count", [:], Double(histogram.count))
  }

  private mutating func begin(_ name: StaticString, _ help: StaticString, _ kind: Kind) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  private mutating func sample(_ name: String, _ labels: Labels, _ value: Double) {
    let labels = labels.map { #"\#($0)="\#(Self.escaped($1))""# }.joined(separator: ",")
    text += name + (labels.isEmpty ? "" : "{\(labels)}") + " \(Self.number(value))\n"
  }

  private static func escaped(_ value: String) -> String {
    value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }

  private static func number(_ value: Double) -> String {
    value == .infinity ? "+Inf" : Int64(exactly: value).map(String.init) ?? "\(value)"
  }
}
