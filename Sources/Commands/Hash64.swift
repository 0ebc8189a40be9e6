internal import Events
internal import Racing

/// A 64-bit hash that is the same on every machine and for ever (FNV-1a). It finds equal things; it protects nothing.
struct Hash64 {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func combine(byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }

  mutating func combine(_ number: some FixedWidthInteger) {
    let bits = UInt64(truncatingIfNeeded: number)
    for shift in stride(from: UInt64(0), to: 64, by: 8) { combine(byte: UInt8(truncatingIfNeeded: bits >> shift)) }
  }

  mutating func combine(_ id: some Identifier) {
    combine(id.high)
    combine(id.low)
  }

  mutating func combine(_ compound: Compound?) { combine(byte: compound.map(\.rawValue) ?? 255) }

  mutating func combine(_ text: String) {
    combine(text.utf8.count)
    for byte in text.utf8 { combine(byte: byte) }
  }

  /// Sixteen lower-case hexadecimal digits.
  var hexadecimal: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
