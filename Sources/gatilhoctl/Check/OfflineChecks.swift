import Configuration
import FoundationEssentials
import Glibc
import Gupy
import HTTPClient
import JSON
import Journal
import Lookup

/// What can be seen without the network.
struct OfflineChecks {
  let site: Site

  /// A timer that did not run for so long is none.
  private static let patience: Int64 = 86_400_000

  /// Everything, in the order in which a person sets it up.
  var findings: [Finding] {
    let summary = site.configuration.summary.map { Finding.good($0.name, $0.value) }
    return [configuration, placeholders, library].compactMap(\.self) + summary
      + [recipients, state, fileSystem, index, retry, purge].compactMap(\.self)
  }

  /// A copy may be checked; what workers read is another file then.
  private var configuration: Finding {
    do throws(JournalError) {
      _ = try site.journal.claim.holder()
    } catch {
      return .failure(
        "configuration", "\(error): every webhook is answered 500",
        remedy: "take it away, and the next worker writes it anew")
    }
    guard let holder = site.journal.otherHolder(than: site.file) else {
      return .good("configuration", site.file)
    }
    return .warning(
      "configuration", "\(site.file), but workers read \(holder)",
      remedy: "fine for a copy; after a move or rename: gatilhoctl state adopt")
  }

  /// What `init` wrote for a person to replace.
  private var placeholders: Finding? {
    let left = site.placeholders
    guard !left.isEmpty else { return nil }
    return .failure(
      "placeholders", left.joined(separator: ", "),
      remedy: "write what the provider or Gupy gave you")
  }

  /// A worker loads it at the first message, and starts without.
  private var library: Finding? {
    HTTPClient().load().map { .failure("libcurl", $0, remedy: "apt-get install libcurl4") }
  }

  private var recipients: Finding {
    switch site.configuration.recipients {
    case .everyone: .good("recipients", "everyone")
    case .nobody:
      .warning(
        "recipients", "nobody: no candidate gets a message",
        remedy: "list your own number for a pilot, then \"everyone\"")
    case .list(let numbers):
      .warning(
        "recipients", "\(numbers.count) numbers, nobody else",
        remedy: "\"everyone\", to go live")
    }
  }

  private var state: Finding {
    let folder = site.configuration.state
    do throws(JournalError) {
      try site.journal.checkFolders()
      let time = try site.journal.measureSync()
      let rooms = try site.journal.room()
      let free = rooms.map(\.words).joined(separator: "; ")
      let words = "\(free) free, a write is on the disk after \(time.inMilliseconds)"
      guard rooms.allSatisfy({ $0.bytes ?? .max > 100_000_000 && !$0.isFull }) else {
        return .failure(
          "state", words,
          remedy: JournalError.failed(call: "statvfs", path: folder, errno: ENOSPC).remedy)
      }
      guard time < .seconds(1) else {
        return .warning("state", words, remedy: "a faster disk: each message waits for two")
      }
      return .good("state", words)
    } catch {
      return .failure("state", "\(error)", remedy: error.remedy)
    }
  }

  private var fileSystem: Finding {
    let remedy = "see nginx/README.md, \"More than one host\""
    return warned("file system", "see that the folder can be read") { () throws(JournalError) in
      guard let found = try FileSystem(of: site.configuration.state) else {
        return .warning("file system", "unknown", remedy: remedy)
      }
      return found.doubt.map { .warning("file system", "\(found.type): \($0)", remedy: remedy) }
        ?? .good("file system", found.type)
    }
  }

  private var index: Finding {
    let remedy = "gatilhoctl reindex"
    return warned("day index", remedy) { () throws(JournalError) in
      try site.journal.lacksIndex()
        ? .warning("day index", "is not there: lists and retry find nothing", remedy: remedy)
        : .good("day index", "is there")
    }
  }

  /// What cannot be looked at is a warning.
  private func warned(
    _ name: String, _ remedy: String, _ look: () throws(JournalError) -> Finding
  ) -> Finding {
    do throws(JournalError) {
      return try look()
    } catch {
      return .warning(name, "\(error)", remedy: remedy)
    }
  }

  /// When the timer last ran; that it does not run is a concern.
  private var retry: Finding? {
    RetryRun(state: site.configuration.state).map {
      .good("retry", "ran \($0.at.local), \($0.left) events left")
    }
  }

  private var purge: Finding {
    guard let retention = site.configuration.retention else {
      return .warning(
        "purge", "no retention: personal data is kept for ever", remedy: "\"retention\": \"365d\"")
    }
    let remedy = "let a timer run gatilhoctl purge --yes every day"
    return warned("purge", "see that the file can be read") { () throws(JournalError) in
      guard let last = try Audit(state: site.configuration.state).lastPurge() else {
        return .warning("purge", "never ran: nothing is removed", remedy: remedy)
      }
      let words = "ran \(last.local), what is older than \(retention.text) is removed"
      return Timestamp.now.milliseconds - last.milliseconds < 2 * Self.patience
        ? .good("purge", words) : .warning("purge", words, remedy: remedy)
    }
  }
}

extension Site {
  /// The paths of all values that still hold it, in the file or in a secret that it names.
  fileprivate var placeholders: [String] {
    do throws(DocumentError) {
      let paths = try StrictReader(json5File: file).leaves
        .filter { $0.value.text?.contains(Self.placeholder) == true }.map(\.path)
      let values = configuration.provider.names(of: .string(Self.placeholder))
      let new = values.map { "provider.settings.\($0)" }.filter { !paths.contains($0) }
      let isSecret = configuration.secrets.contains(Self.placeholder)
      return paths + new + (isSecret ? ["gupy.secrets"] : [])
    } catch {
      return []
    }
  }
}

extension Duration {
  /// `1.2 ms`.
  fileprivate var inMilliseconds: String {
    let tenths = Int64((self / .microseconds(100)).rounded())
    return "\(tenths / 10).\(tenths % 10) ms"
  }
}
