import FoundationEssentials
import Glibc

/// The bytes of one application's file, between the deliveries and at the moment of a message.
struct ApplicationFile {
  let path: String

  /// All bytes; none when there is no file.
  var bytes: [UInt8] {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    let length = lseek(descriptor, 0, Int32(SEEK_END))
    return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      count = max(0, pread(descriptor, buffer.baseAddress, length, 0))
    }
  }

  /// The length in bytes; 0 when there is no file.
  var length: Int {
    var info = stat()
    return stat(path, &info) == 0 ? info.st_size : 0
  }

  /// Leaves the first `length` bytes, as a kill does that comes before the rest is written.
  func cut(to length: Int) {
    truncate(path, length)
  }

  func remove() {
    unlink(path)
  }
}

extension [UInt8] {
  /// What stands before the last newline, and the newline.
  var wholeLines: ArraySlice<UInt8> {
    self[...(lastIndex(of: UInt8(ascii: "\n")) ?? -1)]
  }
}
