/// 128 bits of an identifier, as a column keeps them.
@frozen
public struct Identity128: Sendable, Hashable, BitwiseCopyable {
  /// The first half.
  public let high: UInt64
  /// The second half.
  public let low: UInt64

  /// The bits of an identifier.
  public init(_ id: some Identifier) {
    high = id.high
    low = id.low
  }

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

/// Gives identifiers of a segment dense numbers in order of first appearance.
struct IdentityDictionary {
  private(set) var values: [Identity128] = []
  private var numbers: [Identity128: UInt16] = [:]

  /// The number of an identifier, and whether it is new.
  mutating func number(of id: Identity128) -> (number: UInt16, isNew: Bool) {
    if let known = numbers[id] { return (known, false) }
    let number = UInt16(values.count)
    numbers[id] = number
    values.append(id)
    return (number, true)
  }
}
