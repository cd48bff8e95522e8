import Configuration
import FoundationEssentials
import Glibc
import Handler

/// Whether secrets look like what they should be, and who else may see them or the candidates' data.
struct SecretChecks {
  let site: Site

  /// Tells each doubt; one line when there is none.
  func report(_ tell: (Finding) -> Void) {
    let environment = ProcessInfo.processInfo.environment
    let doubts = site.secretDoubts(environment: environment).map { Self.finding($0.path, $0.doubt) }
    let findings = doubts + [folder].compactMap(\.self)
    if findings.isEmpty { tell(.good("permissions", "nobody else may read secrets or events")) }
    for finding in findings { tell(finding) }
  }

  private var folder: Finding? {
    let path = site.configuration.state
    var info = stat()
    guard stat(path, &info) == 0, info.st_mode & 0o007 != 0 else { return nil }
    return .warning(
      "permissions", "\(path): others than its owner may enter it", remedy: "chmod 0700 \(path)")
  }

  private static func finding(_ path: String, _ doubt: SecretDoubt) -> Finding {
    switch doubt {
    case .quoted:
      .warning(
        "secrets", "\(path) stands in quotation marks, which are part of it",
        remedy: "take them away, unless Gupy or the provider gave them to you")
    case .assigned:
      .warning(
        "secrets", "\(path) begins with NAME=, which is part of it",
        remedy: "keep what stands behind the sign")
    case .withScheme:
      .warning(
        "secrets", "\(path) begins with \"Bearer\", which is part of it",
        remedy: "keep what stands behind it")
    case .shorterThan(let length):
      .warning(
        "secrets", "\(path) has fewer than \(length) bytes: it may be guessed",
        remedy: "gatilhoctl webhooks rotate-secret makes one")
    case .notASCII:
      .warning(
        "secrets", "\(path) holds letters that not every client sends alike",
        remedy: "gatilhoctl webhooks rotate-secret makes one of plain letters")
    case .readableByOthers(let file):
      .warning("permissions", "\(file): others may read it", remedy: "chmod 0640 \(file)")
    }
  }
}
