/// What stopping before a rival wins, both cars on the same pace and tyres of their own.
public struct UndercutDelta: Sendable, Hashable {
  /// Won over the rival by its own stop, ms; negative when staying out is faster. The undercut works when the gap at
  /// the line is smaller.
  public let milliseconds: Int64
  /// A lap in question is not driven at racing speed, so there is no undercut and nothing is won.
  public let isNeutralised: Bool
}

extension SimulationWorld {
  /// What a stop at the end of `lap` wins against a rival that stops `laps` laps later.
  ///
  /// - Parameters:
  ///   - lap: The lap at whose end the car stops.
  ///   - laps: How much later the rival stops, at least 1.
  ///   - new: The tyre the car takes, new.
  ///   - old: The tyre the rival is on.
  ///   - wear: Its wear at the end of `lap`, in quarter laps. Wear beyond the table costs what the last entry costs.
  /// - Returns: nil when nobody used one of the tyres, or when the rival's stop is not within the race.
  /// - Complexity: O(laps).
  public func undercutDelta(
    stoppingOn lap: Int, by laps: Int = 1, onto new: Compound, against old: Compound, wear: Int
  ) -> UndercutDelta? {
    guard let new = slot(of: new), let old = slot(of: old), lap >= 1, laps >= 1, wear >= 0, lap + laps < lapCount else {
      return nil
    }
    let driven = 1...laps
    guard driven.allSatisfy({ kinds[lap + $0].isRacing }) else {
      return UndercutDelta(milliseconds: 0, isNeutralised: true)
    }
    let won = driven.reduce(Int64(0)) { won, later in
      won + pace(old, wear + 4 * later, lap + later) - pace(new, 4 * later, lap + later)
    }
    return UndercutDelta(milliseconds: won, isNeutralised: false)
  }

  /// The clean-air lap time of a tyre with that wear at the end of the lap, ms.
  private func pace(_ slot: Int, _ wear: Int, _ lap: Int) -> Int64 {
    let known = min(wear, course.wearCount - 1)
    return Int64(course.pace[(lap * course.slotCount + slot) * course.wearCount + known])
  }
}
