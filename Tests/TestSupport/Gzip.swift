/// The bytes as a gzip member that stores them as they are (RFC 1952, RFC 1951 §3.2.4); at most
/// 65,535 of them.
package func gzip(_ bytes: [UInt8]) -> [UInt8] {
  let length = UInt16(bytes.count)
  let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1]
  return header + little(length) + little(~length) + bytes + little(checksum(bytes))
    + little(UInt32(bytes.count))
}

private func little(_ number: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: number.littleEndian, Array.init)
}

/// CRC-32 (RFC 1952 §8).
private func checksum(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(~0) { sum, byte in
    (0..<8).reduce(sum ^ UInt32(byte)) { rest, _ in rest >> 1 ^ (rest & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
}
