import ArgumentParser
import Gupy
import Journal

struct Reindex: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes the day index anew from the applications' files.",
    discussion: """
      The index (<state>/days) tells lists and `retry` where to look. It is written without a \
      sync, so make it anew after a power loss, or when the log asks for it. Workers may be running.

      Exits 75 when the disk failed.

      Example: gatilhoctl reindex
      """)

  @OptionGroup var options: ConfigurationOptions

  func run() throws {
    try KnownFailure.exits { try reindex(options.site().journal) }
  }

  private func reindex(_ journal: Journal) throws {
    let bar = ProgressBar()
    let unreadable = Complaints()
    let yesterday = Timestamp(milliseconds: Timestamp.now.milliseconds - 86_400_000)
    let count = try journal.reindex(
      recent: String(yesterday.description.prefix(10)), progress: bar.show,
      complain: unreadable.complaint)
    bar.clear()
    print("events indexed: \(count)")
    try KnownFailure.exits(after: unreadable.all)
  }
}
