extension Identifier {
  /// The UUID in lower case with hyphens.
  public var description: String {
    String(unsafeUninitializedCapacity: 36) { text in
      writeText(to: UnsafeMutableRawBufferPointer(text))
      return 36
    }
  }

  /// The identifier that a UUID writes: 36 characters with hyphens, in either case; nil for anything else.
  public init?(_ text: some StringProtocol) {
    guard let id = Array(text.utf8).withUnsafeBytes({ Self(uuidText: $0, isUpperCaseAllowed: true) }) else {
      return nil
    }
    self = id
  }

  /// The identifier that 36 bytes of text write, lower case; nil for anything else. Does not allocate.
  public init?(uuidText bytes: UnsafeRawBufferPointer) {
    self.init(uuidText: bytes, isUpperCaseAllowed: false)
  }

  /// The identifier from its 16 bytes, as PostgreSQL's binary format has them.
  ///
  /// - Precondition: at least 16 bytes.
  @inlinable
  public init(bytes: UnsafeRawBufferPointer) {
    precondition(bytes.count >= 16, "an identifier has 16 bytes")
    self.init(
      high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
      low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }

  /// The 16 bytes, most significant first.
  public var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      raw.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
      raw.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
      count = 16
    }
  }

  /// Appends the 36 characters of the UUID in lower case.
  public func appendText(to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 36) { text in
      writeText(to: UnsafeMutableRawBufferPointer(text))
      bytes.append(contentsOf: text)
    }
  }

  /// Writes the 36 characters of the UUID in lower case.
  func writeText(to text: UnsafeMutableRawBufferPointer) {
    var at = 0
    for index in 0..<16 {
      if index == 4 || index == 6 || index == 8 || index == 10 {
        text[at] = UInt8(ascii: "-")
        at += 1
      }
      let half = index < 8 ? high : low
      let byte = UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * (index & 7)))
      text[at] = hexadecimalDigit(byte >> 4)
      text[at + 1] = hexadecimalDigit(byte & 15)
      at += 2
    }
  }

  private init?(uuidText bytes: UnsafeRawBufferPointer, isUpperCaseAllowed: Bool) {
    guard bytes.count == 36 else { return nil }
    var halves: (UInt64, UInt64) = (0, 0)
    var digits = 0
    for at in 0..<36 {
      if at == 8 || at == 13 || at == 18 || at == 23 {
        guard bytes[at] == UInt8(ascii: "-") else { return nil }
        continue
      }
      let isLetter = isUpperCaseAllowed && (65...70).contains(bytes[at])
      guard let digit = nibble(isLetter ? bytes[at] | 0x20 : bytes[at]) else { return nil }
      if digits < 16 { halves.0 = halves.0 << 4 | UInt64(digit) } else { halves.1 = halves.1 << 4 | UInt64(digit) }
      digits += 1
    }
    self.init(high: halves.0, low: halves.1)
  }
}
