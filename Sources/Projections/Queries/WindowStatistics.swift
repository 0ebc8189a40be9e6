internal import Racing

/// The sums behind one circuit's windows in one season. Weights are millionths.
public struct WindowStatistics: Sendable, Equatable {
  /// Runs that finished, of any kind.
  public let finishedRuns: Int64
  /// Accepted runs: ranked, IQ 75 or better.
  public let acceptedRuns: Int64
  /// Accepted runs by number of stops, 0 to 4.
  public let acceptedByStops: [Int64]
  /// Players with an accepted run.
  public let players: Int64
  /// Weight by number of stops, 0 to 4, and the sum of the squares of the players' weights.
  public let plans: [Int64]
  /// The sum of squares that goes with `plans`.
  public let planSquares: Int64
  /// Undercuts measured: weight, weight × gain in ms, weight × gain² / 1000, sum of squared weights.
  public let undercut: [Int64]

  let cell: WindowCell

  /// The sums of one stop.
  public struct Stop: Sendable, Equatable {
    /// Weight by the lap of the stop; index 0 is unused.
    public let weights: [Int64]
    /// Weight by the compound fitted.
    public let compounds: [Int64]
    /// Players who made it.
    public let players: Int64
    /// Sum of the players' weights.
    public let total: Int64
    /// Sum of their squares.
    public let squares: Int64
  }

  /// The sums of stop `index` (from 1) among plans of `stops` stops (1 to 4).
  public func stop(_ index: Int, of stops: Int) -> Stop {
    let key = WindowCell.Key(stops: stops, index: index).ordinal
    return Stop(
      weights: Array(cell.weights[key * WindowCell.laps..<(key + 1) * WindowCell.laps]),
      compounds: Array(cell.compounds[key * 5..<(key + 1) * 5]), players: cell.players[key],
      total: cell.totals[key], squares: cell.squares[key])
  }
}

extension ReadModel {
  /// The sums behind a circuit's windows in a season; nil when nobody has finished a race there. O(1).
  public func windowStatistics(circuit: String, season: Int) -> WindowStatistics? {
    guard let ordinal = shelf.circuits.firstIndex(of: circuit), let season = Int16(exactly: season),
      let cell = cellKeys.ordinal(of: PairKey(UInt32(ordinal), UInt32(UInt16(bitPattern: season))))
    else { return nil }
    return WindowStatistics(cells[Int(cell)])
  }

  /// The circuit and season of a cell by its ordinal in ``Changes``.
  public func window(ordinal: Int) -> (circuit: String, season: Int) {
    let value = cellKeys.keys[ordinal].value
    return (shelf.circuits[Int(value >> 32)], Int(Int16(bitPattern: UInt16(truncatingIfNeeded: value))))
  }

  /// Every circuit and season in which somebody has finished a race, in order of the first.
  public var windows: [(circuit: String, season: Int)] { cells.indices.map { window(ordinal: $0) } }
}

extension WindowStatistics {
  init(_ cell: WindowCell) {
    self.cell = cell
    finishedRuns = cell.runs[0]
    acceptedRuns = cell.runs[1...].reduce(0, +)
    acceptedByStops = Array(cell.runs[1...5])
    players = cell.contributors
    plans = Array(cell.plans[0...4])
    planSquares = cell.plans[5]
    undercut = cell.undercut
  }
}
