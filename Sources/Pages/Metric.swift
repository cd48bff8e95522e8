import Lookup

/// A figure as Prometheus reads it: its text format, version 0.0.4.
struct Metric {
  let name: StaticString
  let help: StaticString
  private let type: String
  private let samples: [Sample]

  typealias Labels = KeyValuePairs<StaticString, String>
  private typealias Sample = (suffix: String, labels: Labels, value: Double)

  /// One that has a value for each of some labels.
  init(_ name: StaticString, _ help: StaticString, _ samples: [(labels: Labels, value: Double)]) {
    (self.name, self.help, type) = (name, help, "gauge")
    self.samples = samples.map { ("", $0.labels, $0.value) }
  }

  /// One that has one value.
  init(_ name: StaticString, _ help: StaticString, _ value: Double) {
    (self.name, self.help, type) = (name, help, "gauge")
    samples = [("", [:], value)]
  }

  /// A histogram, in seconds.
  init(_ name: StaticString, _ help: StaticString, _ histogram: Histogram) {
    (self.name, self.help, type) = (name, help, "histogram")
    var seen = 0
    let buckets = zip(Histogram.bounds, histogram.counts).map { bound, count -> Sample in
      seen += count
      return ("_bucket", ["le": "\(Double(bound) / 1_000)"], Double(seen))
    }
    let sums: [Sample] = [
      ("_bucket", ["le": "+Inf"], Double(histogram.count)),
      ("_sum", [:], Double(histogram.sum) / 1_000), ("_count", [:], Double(histogram.count)),
    ]
    samples = buckets + sums
  }

  var text: String {
    "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
      + samples.map { suffix, labels, value in
        let labels = labels.map { #"\#($0)="\#(Self.escaped($1))""# }.joined(separator: ",")
        return "\(name)\(suffix)\(labels.isEmpty ? "" : "{\(labels)}") \(Self.number(value))\n"
      }.joined()
  }

  private static func escaped(_ value: String) -> String {
    value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }

  private static func number(_ value: Double) -> String {
    value == .infinity ? "+Inf" : Int64(exactly: value).map(String.init) ?? "\(value)"
  }
}
