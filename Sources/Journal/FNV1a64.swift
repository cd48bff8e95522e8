extension UInt64 {
  /// The hash of Fowler, Noll and Vo, 64 bits wide: for telling apart, not against forgery.
  package init(fnv1a64 bytes: UnsafeRawBufferPointer) {
    self = 0xcbf2_9ce4_8422_2325
    for byte in bytes { self = (self ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
  }
}
