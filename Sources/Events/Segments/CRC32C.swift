/// The checksum of iSCSI (RFC 3720, polynomial 0x1EDC6F41 reflected), eight bytes at a step.
enum CRC32C {
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var value = UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0x82f6_3b78 : value >> 1 }
      tables[byte] = value
    }
    for table in 1..<8 {
      for byte in 0..<256 {
        let previous = tables[(table - 1) * 256 + byte]
        tables[table * 256 + byte] = previous >> 8 ^ tables[Int(previous & 0xff)]
      }
    }
    return tables
  }()

  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    tables.withUnsafeBufferPointer { tables in
      var value: UInt32 = ~0
      var at = 0
      while at + 8 <= bytes.count {
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)) ^ UInt64(value)
        var next: UInt32 = 0
        for byte in 0..<8 { next ^= tables[(7 - byte) * 256 + Int(word >> UInt64(byte * 8) & 0xff)] }
        value = next
        at += 8
      }
      while at < bytes.count {
        value = value >> 8 ^ tables[Int((value ^ UInt32(bytes[at])) & 0xff)]
        at += 1
      }
      return ~value
    }
  }
}
