/// A driver's three-letter code, such as `VER`, packed into 32 bits so that it is cheap to store, compare and hash.
///
/// Codes order alphabetically.
public struct DriverCode: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The three ASCII bytes, the first letter in the highest of the three.
  public let packed: UInt32

  /// The code with exactly three upper-case ASCII letters or digits; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 3, bytes.allSatisfy({ (65...90).contains($0) || (48...57).contains($0) }) else { return nil }
    packed = UInt32(bytes[0]) << 16 | UInt32(bytes[1]) << 8 | UInt32(bytes[2])
  }

  /// The code from three bytes that were checked before.
  @inlinable
  package init(uncheckedBytes first: UInt8, _ second: UInt8, _ third: UInt8) {
    packed = UInt32(first) << 16 | UInt32(second) << 8 | UInt32(third)
  }

  /// The three letters.
  public var description: String {
    String(
      decoding: [
        UInt8(truncatingIfNeeded: packed >> 16), UInt8(truncatingIfNeeded: packed >> 8),
        UInt8(truncatingIfNeeded: packed),
      ], as: UTF8.self)
  }

  /// Alphabetical order.
  public static func < (left: DriverCode, right: DriverCode) -> Bool { left.packed < right.packed }
}
