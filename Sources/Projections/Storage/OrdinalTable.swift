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
///
/// A slot holds 32 bits of the key's hash beside its link, so that a look-up reads one key only: its own.
struct OrdinalTable<Key: OrdinalKey>: Sendable {
  private struct Slot: BitwiseCopyable {
    var tag: UInt32 = 0
    var link = Link.none
  }

  private(set) var keys = Column<Key>()
  /// The length is a power of two; at least a third of them are free.
  private var slots = Column<Slot>(repeating: Slot(), count: 64)

  init() {}

  var count: Int { keys.count }

  /// The ordinal of a key that is known. O(1).
  @inline(__always)
  func ordinal(of key: Key) -> UInt32? {
    slots[slot(of: key, tag: UInt32(truncatingIfNeeded: key.mixed))].link.ordinal
  }

  /// The ordinal of a key, given to it now if it is new. O(1) amortised.
  mutating func insert(_ key: Key) -> (ordinal: UInt32, isNew: Bool) {
    let tag = UInt32(truncatingIfNeeded: key.mixed)
    let slot = slot(of: key, tag: tag)
    if let known = slots[slot].link.ordinal { return (known, false) }
    let ordinal = keys.append(key)
    slots[slot] = Slot(tag: tag, link: Link(ordinal))
    if keys.count * 3 > slots.count * 2 { grow() }
    return (ordinal, true)
  }

  /// The slot that holds the key, or the free one where it belongs.
  @inline(__always)
  private func slot(of key: Key, tag: UInt32) -> Int {
    let mask = slots.count - 1
    var slot = Int(tag) & mask
    while true {
      let found = slots[slot]
      guard let ordinal = found.link.ordinal, found.tag != tag || keys[ordinal] != key else { return slot }
      slot = (slot + 1) & mask
    }
  }

  private mutating func grow() {
    let old = slots
    slots = Column(repeating: Slot(), count: old.count * 2)
    for index in 0..<old.count where old[index].link != .none { place(old[index]) }
  }

  private mutating func place(_ new: Slot) {
    let mask = slots.count - 1
    var slot = Int(new.tag) & mask
    while slots[slot].link != .none { slot = (slot + 1) & mask }
    slots[slot] = new
  }

  /// Bytes that the other table does not hold as well. O(keys / 1000).
  func bytes(notSharedWith other: OrdinalTable) -> Int {
    keys.bytes(notSharedWith: other.keys) + slots.bytes(notSharedWith: other.slots)
  }

  func write(to sink: inout some StateSink) { keys.write(to: &sink) }

  init(from source: inout StateSource) throws(SnapshotError) {
    keys = try Column(from: &source)
    var capacity = 64
    while keys.count * 3 > capacity * 2 { capacity *= 2 }
    slots = Column(repeating: Slot(), count: capacity)
    for ordinal in 0..<UInt32(keys.count) {
      place(Slot(tag: UInt32(truncatingIfNeeded: keys[ordinal].mixed), link: Link(ordinal)))
    }
  }
}
