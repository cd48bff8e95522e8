import FoundationEssentials
import Glibc
import Sandbox
import Subprocess
import SystemPackage
import TestSupport

/// The program under CGI, whose `/etc/gatilho` is a stage's folder.
///
/// Nothing but that path may say where its configuration is, and the machine's own is none of the
/// tests': this is the program with another path of the same length in the same place.
struct CGIProgram: Sendable {
  /// The copy, which is called `gatilho`.
  let path: String
  /// The stage's configuration, by the path that stands in the copy.
  let configuration: String
  private let alias: String

  /// Makes the copy in the stage's folder.
  init(_ folder: StageFolder) async throws {
    alias =
      "/tmp/g" + String((0..<6).map { _ in "abcdefghijklmnopqrstuvwxyz".randomElement() ?? "g" })
    path = Self.path(folder)
    configuration = alias + "/gatilho.json"
    let files = FileManager.default
    try files.createSymbolicLink(atPath: alias, withDestinationPath: folder.path)
    try files.createDirectory(atPath: folder.file("cgi"), withIntermediateDirectories: false)
    _ = try await output(
      "/bin/sh",
      [
        "-c", #"LC_ALL=C sed "s#/etc/gatilho/#$2/#g" "$0" >"$1" && chmod 700 "$1""#,
        programs + "gatilho", path, alias,
      ])
  }

  /// Where a stage's copy is.
  static func path(_ folder: StageFolder) -> String { folder.file("cgi/gatilho") }

  /// Removes what does not lie in the stage's folder.
  func remove() { unlink(alias) }
}
