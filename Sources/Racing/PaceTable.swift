/// The published lap times of one driver in one race: a whole number of milliseconds for every compound, wear and lap.
///
/// Wear is counted in quarter laps at the END of the lap.
public struct PaceTable: Sendable, Equatable {
  /// Compounds that somebody used, ascending.
  public let compounds: [Compound]
  /// Wear runs from 0 to `wearCount - 1` quarter laps.
  public let wearCount: Int
  /// Laps run from 1 to `lapCount`.
  public let lapCount: Int
  /// Row-major values: compound, then wear, then lap (`lapCount + 1` a row; lap 0 is unused).
  public let values: [Int32]

  /// Wraps values laid out as described.
  public init(compounds: [Compound], wearCount: Int, lapCount: Int, values: [Int32]) {
    precondition(
      values.count == compounds.count * wearCount * (lapCount + 1), "a pace table needs a value for every cell")
    self.compounds = compounds
    self.wearCount = wearCount
    self.lapCount = lapCount
    self.values = values
  }

  /// The lap time with `compounds[slot]` worn `wear` quarter laps at the end of `lap`. O(1).
  @inlinable
  public func milliseconds(slot: Int, wear: Int, lap: Int) -> Int64 {
    Int64(values[(slot * wearCount + wear) * (lapCount + 1) + lap])
  }
}
