import Glibc
import Gupy

extension Timestamp {
  /// The moment by this machine's clock on the wall, to the second: `2026-03-04 15:30:12`.
  package var local: String { local("%Y-%m-%d %H:%M:%S") }

  /// The same in another form, as strftime(3) knows them.
  package func local(_ format: String) -> String {
    var (seconds, parts) = (time_t(milliseconds / 1_000), tm())
    localtime_r(&seconds, &parts)
    return String(unsafeUninitializedCapacity: 32) { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        strftime($0.baseAddress, $0.count, format, &parts)
      }
    }
  }
}
