import ArgumentParser

/// A word that is no command, and the command that was probably meant.
struct MistypedCommand: CustomStringConvertible {
  private let word: String
  private let place: [String]
  private let meant: [String]

  /// So many letters may be wrong, lacking, too many, or in the place of their neighbour.
  private static let patience = 2

  /// Nil where every word is a command, or none is like one.
  init?(_ arguments: ArraySlice<String>, of root: any ParsableCommand.Type) {
    var (command, place) = (root, [root._commandName])
    for argument in arguments {
      let names = command.children.map { $0._commandName }
      guard !names.isEmpty, !argument.hasPrefix("-"), argument != "help" else { return nil }
      guard let child = command.children.first(where: { $0._commandName == argument }) else {
        let near = names.filter { argument.distance(to: $0) <= min(Self.patience, $0.count - 2) }
        guard !near.isEmpty else { return nil }
        (word, self.place, meant) = (argument, place, near)
        return
      }
      (command, place) = (child, place + [argument])
    }
    return nil
  }

  /// `gatilhoctl: no command "chek"; did you mean gatilhoctl check?`
  var description: String {
    let commands = meant.map { (place + [$0]).joined(separator: " ") }
    return "\(place.joined(separator: " ")): no command \"\(word.harmless)\"; did you mean"
      + " \(commands.joined(separator: " or "))?"
  }
}

extension ParsableCommand {
  /// The commands below it that a person may call.
  fileprivate static var children: [any ParsableCommand.Type] {
    configuration.subcommands.filter { $0.configuration.shouldDisplay }
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
