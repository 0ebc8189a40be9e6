internal import Synchronization

/// Makes time-ordered identifiers (UUIDv7): 48 bits of milliseconds, 12 bits that count within one, 62 random bits.
///
/// Identifiers from one generator ascend strictly, also when the clock stands still or goes back.
public final class IdentifierGenerator: Sendable {
  private struct State {
    var millisecond: UInt64 = 0
    var count: UInt64 = 0
  }

  private static let counterMax: UInt64 = 0xfff

  private let state = Mutex(State())
  private let now: @Sendable () -> Timestamp
  private let random: @Sendable () -> UInt64

  /// A generator on the machine's clock and randomness.
  public convenience init() {
    self.init(now: { Timestamp.now }, random: { UInt64.random(in: .min ... .max) })
  }

  /// A generator on a clock and a source of random bits of the caller's.
  public init(now: @escaping @Sendable () -> Timestamp, random: @escaping @Sendable () -> UInt64) {
    self.now = now
    self.random = random
  }

  /// The next identifier.
  public func next<ID: Identifier>(_ type: ID.Type = ID.self) -> ID {
    let (millisecond, count) = tick(UInt64(max(0, now().microseconds)) / 1000)
    return ID(
      high: millisecond << 16 | 0x7000 | count,
      low: random() & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000)
  }

  private func tick(_ current: UInt64) -> (millisecond: UInt64, count: UInt64) {
    // The upper half of the counter stays free, so that a millisecond has room for at least 2,048 identifiers.
    let start = random() & (Self.counterMax >> 1)
    return state.withLock { state in
      if current > state.millisecond {
        state = State(millisecond: current, count: start)
      } else if state.count < Self.counterMax {
        state.count += 1
      } else {
        state = State(millisecond: state.millisecond + 1, count: 0)
      }
      return (state.millisecond, state.count)
    }
  }
}
