import HTTPClient

/// What makes Gupy's webhooks what the configuration says, computed from what Gupy shows.
///
/// A webhook is ours when its action and address are the wanted ones. Where there is none, the only
/// one of that action is ours with a wrong address if its host is ours. Any other belongs to another
/// system, unless a person adopts it by its id.
package struct RegistrationPlan: Equatable, Sendable {
  /// In the order in which they are taken and shown.
  package let steps: [Step]

  /// What becomes of one webhook.
  package enum Step: Equatable, Sendable {
    case create(WantedRegistration)
    case update(Registration, to: WantedRegistration, [Difference])
    case keep(Registration)
    /// It delivers every event a second time: a person deletes one of both.
    case duplicate(Registration, of: Registration)
    /// Another system's.
    case leave(Registration)
  }

  /// Why an adopted webhook cannot be.
  package enum AdoptionError: Error, Equatable, Sendable, CustomStringConvertible {
    case unknown(id: String)
    case otherAction(id: String, String)
    /// One of the same action is there already with our address.
    case needless(id: String, ours: String)

    /// For a person: what to do.
    package var description: String {
      switch self {
      case .unknown(let id): "--adopt \(id): Gupy has no such webhook; see gatilhoctl webhooks list"
      case .otherAction(let id, let action):
        "--adopt \(id): it is for \(action), which gatilho does not answer"
      case .needless(let id, let ours):
        "--adopt \(id): \(ours) has this action and our address already; delete \(id) if it is ours"
      }
    }
  }

  /// Plans for both actions.
  ///
  /// - Parameters:
  ///   - adopted: ids of webhooks that are to become ours, whatever their address.
  ///   - sendsHeaders: whether the secret is sent again where nothing differs.
  package init(
    _ wanted: [WantedRegistration], given list: [Registration], adopted: [String] = [],
    sendsHeaders: Bool = false
  ) throws(AdoptionError) {
    for id in adopted where !list.contains(where: { $0.id == id }) { throw .unknown(id: id) }
    var steps: [Step] = []
    var taken: Set<String> = []
    for wanted in wanted {
      let same = list.filter { $0.action == wanted.action }
      let ours = try Self.ours(same, wanted, adopted)
      taken.formUnion(ours.map(\.id))
      guard let first = ours.first else {
        steps.append(.create(wanted))
        continue
      }
      var differences = wanted.differences(from: first)
      if sendsHeaders, !differences.contains(.secret) { differences.append(.secret) }
      steps.append(
        differences.isEmpty ? .keep(first) : .update(first, to: wanted, differences))
      steps += ours.dropFirst().map { .duplicate($0, of: first) }
    }
    let others = list.filter { !taken.contains($0.id) }
    if let stranger = others.first(where: { adopted.contains($0.id) }) {
      throw .otherAction(id: stranger.id, stranger.action)
    }
    self.steps = steps + others.map { .leave($0) }
  }

  /// Those of an action that are ours, the one to keep first: an active one with our address.
  private static func ours(
    _ same: [Registration], _ wanted: WantedRegistration, _ adopted: [String]
  ) throws(AdoptionError) -> [Registration] {
    let there = same.filter(wanted.isThere)
    let chosen = same.filter { adopted.contains($0.id) }
    if let best = there.first(where: \.isActive) ?? there.first {
      if let needless = chosen.first(where: { !there.contains($0) }) {
        throw .needless(id: needless.id, ours: best.id)
      }
      return [best] + there.filter { $0.id != best.id }
    }
    guard chosen.isEmpty else { return chosen }
    let host = Address(wanted.url)?.host
    return same.count == 1 && same.allSatisfy { Address($0.url)?.host == host } ? same : []
  }

  /// Whether anything is to be done at Gupy.
  package var changes: Bool {
    steps.contains {
      switch $0 {
      case .create, .update: true
      case .keep, .duplicate, .leave: false
      }
    }
  }
}
