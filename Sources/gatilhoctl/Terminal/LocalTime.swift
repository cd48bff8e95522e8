import Glibc
import Gupy

extension Timestamp {
  /// The moment by this machine's clock on the wall, to the second: `2026-03-04 15:30:12`.
  var local: String {
    var (seconds, parts) = (time_t(milliseconds / 1_000), tm())
    localtime_r(&seconds, &parts)
    return String(unsafeUninitializedCapacity: 32) { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        strftime($0.baseAddress, $0.count, "%Y-%m-%d %H:%M:%S", &parts)
      }
    }
  }
}
