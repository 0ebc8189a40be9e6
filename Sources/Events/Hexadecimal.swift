/// The value of a lower-case hexadecimal digit; nil for any other byte.
@inline(__always)
func nibble(_ byte: UInt8) -> UInt8? {
  let digit = byte &- UInt8(ascii: "0")
  if digit < 10 { return digit }
  let letter = byte &- UInt8(ascii: "a")
  return letter < 6 ? letter + 10 : nil
}

/// The lower-case hexadecimal digit of a value below 16.
@inline(__always)
func hexadecimalDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? value + UInt8(ascii: "0") : value - 10 + UInt8(ascii: "a")
}

/// The number that sixteen lower-case digits write; nil if one of them is something else.
@inline(__always)
func hexadecimal(_ start: UnsafeRawPointer) -> UInt64? {
  var value: UInt64 = 0
  for index in 0..<16 {
    guard let digit = nibble(start.load(fromByteOffset: index, as: UInt8.self)) else { return nil }
    value = value << 4 | UInt64(digit)
  }
  return value
}
