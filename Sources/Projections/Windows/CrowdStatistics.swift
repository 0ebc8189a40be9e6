internal import Racing

/// What a circuit's crowd of one year amounts to: everything a window is made of.
public struct CrowdStatistics: Sendable, Equatable {
  /// The circuit.
  public let circuit: String
  /// The year.
  public let season: Int16
  /// Sums over users, capped.
  public let sums: CrowdSums
  /// Runs of any kind that reached the flag.
  public let finishedRuns: Int64

  /// Runs that count.
  public var acceptedRuns: Int64 { sums.acceptedRuns.reduce(0, +) }
}

extension ReadModel {
  /// The crowd at a circuit in a year; nil as long as no race there was imported.
  ///
  /// - Complexity: O(races), and O(members of clusters that have grown).
  public mutating func crowd(circuit: String, season: Int16) -> CrowdStatistics? {
    settle()
    guard let ordinal = races.circuitOrdinal(of: circuit),
      let cell = cells[CellKey(circuit: ordinal, season: season)]
    else { return nil }
    let finished = races.races.reduce(0) { $0 + ($1.cell == cell ? $1.finishedRuns : 0) }
    return CrowdStatistics(circuit: circuit, season: season, sums: crowd.cells[Int(cell)], finishedRuns: finished)
  }

  /// Circuits and years with races, by circuit and year.
  public var crowds: [(circuit: String, season: Int16)] {
    cells.keys.map { (circuit: races.circuits[Int($0.circuit)], season: $0.season) }.sorted { $0 < $1 }
  }
}
