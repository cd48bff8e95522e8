import Glibc

extension ArraySlice<UInt8> {
  /// Where some bytes stand first; nil where they do not.
  package func place(of other: [UInt8]) -> Int? {
    withUnsafeBytes { bytes in
      other.withUnsafeBytes { other in
        guard let start = bytes.baseAddress, let wanted = other.baseAddress else { return nil }
        return memmem(start, bytes.count, wanted, other.count).map {
          startIndex + (UnsafeRawPointer($0) - start)
        }
      }
    }
  }
}
