import Glibc
import Gupy
import JSON

/// What is gatilho's in a state folder: the one rule by which every listing knows its own names.
/// Whatever else stands there is passed over everywhere, and named by `gatilhoctl check`.
package enum Layout: Equatable {
  /// The state folder itself.
  case state
  case applications
  /// The applications whose numbers end in these three digits.
  case thousandth(String)
  case days
  case day
  case quarantine
  case notes
  /// What processes are doing now, a file a host.
  case working
  /// How far hosts' clocks are off, a file a host.
  case clocks

  /// What a name stands for.
  enum Kind: Equatable {
    /// A folder of the next level.
    case folder(Layout)
    case file
    /// A file that is not finished: it is renamed in a moment, or a process died with it.
    case draft
  }

  /// What a name is here; nil for one that is not gatilho's.
  func kind(of name: String) -> Kind? {
    if let kind = finished(name) { return kind }
    guard let base = name.withoutNumber else { return isOldDraft(name) ? .draft : nil }
    return finished(base) == .file || self == .state && base == Self.syncTrial ? .draft : nil
  }

  /// The name of the file on which `check` tries the disk, before its number.
  static let syncTrial = "check"

  /// This host's name, as it may stand in a path.
  package static var hostName: String {
    var buffer = [CChar](repeating: 0, count: 256)
    gethostname(&buffer, buffer.count - 1)
    let name = String(
      decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return name.isEmpty ? "localhost" : String(name.map { $0 == "/" ? "_" : $0 })
  }

  /// A day's figures, kept so that they need not be counted again.
  package static let daySummary = "summary"
  /// What `reindex` writes before it takes the place of a day's files.
  package static let dayDraft = "reindex.draft"

  private static let folders: [String: Layout] = [
    "applications": .applications, "days": .days, "quarantine": .quarantine, "notes": .notes,
    "working": .working, "clocks": .clocks,
  ]
  private static let files: Set = [
    "lock", "provider.jsonl", "provider.lock", "retry.json", "audit.jsonl", "waiting",
    Claim.name,
  ]

  private func finished(_ name: String) -> Kind? {
    switch self {
    case .state: Self.folders[name].map(Kind.folder) ?? (Self.files.contains(name) ? .file : nil)
    case .applications: name.isThreeDigits ? .folder(.thousandth(name)) : nil
    case .thousandth(let digits): name.isStory(in: digits) ? .file : nil
    case .days: name.isDay ? .folder(.day) : nil
    case .day: name == Self.daySummary || name.stem(".jsonl")?.isHost == true ? .file : nil
    case .quarantine: name.isBody ? .file : nil
    case .working: name.isHost ? .file : nil
    case .clocks: name.stem(".json")?.isHost == true ? .file : nil
    case .notes: name.stem(".json").flatMap(Notes.Kind.init) == nil ? nil : .file
    }
  }

  /// `reindex` names its own; what Foundation made beside `retry.json` stands in older state folders.
  private func isOldDraft(_ name: String) -> Bool {
    self == .day && name == Self.dayDraft || self == .state && name.hasPrefix(".dat.nosync")
  }
}

extension String {
  /// What stands before `.` and a random number, as drafts are named.
  fileprivate var withoutNumber: String? {
    guard let dot = lastIndex(of: "."), let number = UInt64(self[index(after: dot)...]),
      hasSuffix(".\(number)")
    else { return nil }
    return String(self[..<dot])
  }

  fileprivate func stem(_ suffix: String) -> String? {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : nil
  }

  fileprivate var isThreeDigits: Bool { utf8.count == 3 && utf8.allSatisfy(\.isASCIIDigit) }

  /// `612000101.jsonl`, in the folder of its number.
  fileprivate func isStory(in digits: String) -> Bool {
    guard let number = stem(".jsonl").flatMap({ Int64(application: $0.utf8) }) else { return false }
    return Journal.thousandth(number) == digits
  }

  /// A host's name does not begin with a dot.
  fileprivate var isHost: Bool { !isEmpty && !hasPrefix(".") }

  /// `85944171f73967e8.json`, or `85944171f73967e8-1.json`.
  fileprivate var isBody: Bool {
    let parts = stem(".json")?.split(separator: "-", omittingEmptySubsequences: false) ?? []
    guard 1...2 ~= parts.count, 1...16 ~= parts[0].utf8.count else { return false }
    return parts[0].utf8.allSatisfy {
      $0.isASCIIDigit || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
    }
      && parts.dropFirst().allSatisfy { UInt64($0) != nil }
  }

  /// A day of the calendar: `2026-03-04`, and no 30 February.
  fileprivate var isDay: Bool { Timestamp(day: self) != nil }
}
