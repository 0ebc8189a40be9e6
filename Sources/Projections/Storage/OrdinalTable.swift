internal import Events

/// A key of fixed size that an ``OrdinalTable`` knows how to spread.
protocol OrdinalKey: BitwiseCopyable, Sendable, Equatable {
  /// 64 well-mixed bits of the key; the same on every machine.
  var mixed: UInt64 { get }
}

/// 128 bits of an identifier.
struct WideKey: OrdinalKey {
  let high: UInt64
  let low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  init(_ id: some Identifier) { self.init(high: id.high, low: id.low) }

  var mixed: UInt64 { scramble(low ^ scramble(high)) }
}

/// Two ordinals.
struct PairKey: OrdinalKey {
  let value: UInt64

  init(_ first: UInt32, _ second: UInt32) { value = UInt64(first) << 32 | UInt64(second) }

  var mixed: UInt64 { scramble(value) }
}

@inline(__always)
private func scramble(_ value: UInt64) -> UInt64 {
  var mixed = value
  mixed = (mixed ^ (mixed >> 32)) &* 0xd6e8_feb8_6659_fd93
  mixed = (mixed ^ (mixed >> 32)) &* 0xd6e8_feb8_6659_fd93
  return mixed ^ (mixed >> 32)
}

/// Gives keys dense ordinals in order of first appearance. Open addressing; keys are never removed.
struct OrdinalTable<Key: OrdinalKey>: Sendable {
  private(set) var keys = Column<Key>()
  /// Links to keys; the length is a power of two, at least a third of them free.
  private var slots = Column<Link>(repeating: .none, count: 64)

  init() {}

  var count: Int { keys.count }

  /// The ordinal of a key that is known. O(1).
  func ordinal(of key: Key) -> UInt32? {
    slots[slot(of: key)].ordinal
  }

  /// The ordinal of a key, given to it now if it is new. O(1) amortised.
  mutating func insert(_ key: Key) -> (ordinal: UInt32, isNew: Bool) {
    let slot = slot(of: key)
    if let known = slots[slot].ordinal { return (known, false) }
    let ordinal = keys.append(key)
    slots[slot] = Link(ordinal)
    if keys.count * 3 > slots.count * 2 { grow(to: slots.count * 2) }
    return (ordinal, true)
  }

  /// The slot that holds the key, or the free one where it belongs.
  private func slot(of key: Key) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: key.mixed) & mask
    while let ordinal = slots[slot].ordinal, keys[ordinal] != key { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow(to capacity: Int) {
    slots = Column(repeating: .none, count: capacity)
    for ordinal in 0..<UInt32(keys.count) { slots[slot(of: keys[ordinal])] = Link(ordinal) }
  }

  func write(to sink: inout some StateSink) { keys.write(to: &sink) }

  init(from source: inout StateSource) throws(SnapshotError) {
    keys = try Column(from: &source)
    var capacity = 64
    while keys.count * 3 > capacity * 2 { capacity *= 2 }
    grow(to: capacity)
  }
}
