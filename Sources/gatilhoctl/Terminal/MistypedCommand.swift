import ArgumentParser

extension ParsableCommand {
  /// What is said of a word that is no command, `gatilhoctl: no command "chek"; did you mean gatilhoctl
  /// check?`; nil where every word is one, or none is like one.
  static func mistyped(in arguments: ArraySlice<String>) -> String? {
    var (command, place): (any ParsableCommand.Type, String) = (Self.self, _commandName)
    for argument in arguments {
      // Those that a person may call.
      let all = command.configuration.subcommands.filter { $0.configuration.shouldDisplay }
      guard !all.isEmpty, !argument.hasPrefix("-"), argument != "help" else { return nil }
      guard let child = all.first(where: { $0._commandName == argument }) else {
        // Two letters may be wrong, lacking, too many, or in the place of their neighbour.
        let meant = all.map { $0._commandName }
          .filter { argument.distance(to: $0) <= min(2, $0.count - 2) }
        guard !meant.isEmpty else { return nil }
        return "\(place): no command \"\(argument.harmless)\"; did you mean"
          + " \(meant.map { "\(place) \($0)" }.joined(separator: " or "))?"
      }
      (command, place) = (child, "\(place) \(argument)")
    }
    return nil
  }
}

extension String {
  /// How many letters are wrong, lacking, too many, or in the place of their neighbour (Damerau's
  /// distance, each pair of neighbours once).
  fileprivate func distance(to other: String) -> Int {
    let (from, to) = (Array(utf8), Array(other.utf8))
    guard from.count <= 40 else { return .max }
    var before: [Int] = []
    var row = Array(0...to.count)
    for (i, letter) in from.enumerated() {
      var next = [i + 1]
      for (j, wanted) in to.enumerated() {
        var cost = Swift.min(row[j] + (letter == wanted ? 0 : 1), row[j + 1] + 1, next[j] + 1)
        if i > 0, j > 0, letter == to[j - 1], from[i - 1] == wanted {
          cost = Swift.min(cost, before[j - 1] + 1)
        }
        next.append(cost)
      }
      (before, row) = (row, next)
    }
    return row[to.count]
  }
}
