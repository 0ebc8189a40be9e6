internal import Racing

/// What a circuit's crowd of one year amounts to: everything a window is made of.
public struct CrowdStatistics: Sendable, Equatable {
  /// The circuit.
  public let circuit: String
  /// The year.
  public let season: Int16
  /// Sums over users, capped.
  public internal(set) var sums: CrowdSums
  /// Runs of any kind that reached the flag.
  public internal(set) var finishedRuns: Int64
  /// Earlier years that were added, weighted by half for each year that they lie back; the latest first.
  public internal(set) var pooledSeasons: [Int16] = []

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

  /// The crowd at a circuit in a year, with those of years before it. Nothing of it is stored: years never share cells.
  ///
  /// - Parameter years: how far back; 0 is the year alone.
  /// - Complexity: O(years × laps).
  public mutating func crowd(circuit: String, season: Int16, pooling years: Int) -> CrowdStatistics? {
    guard var pooled = crowd(circuit: circuit, season: season) else { return nil }
    for age in 1..<max(1, years + 1) {
      guard let earlier = crowd(circuit: circuit, season: season - Int16(age)), earlier.sums.users > 0 else { continue }
      pooled.sums.pool(earlier.sums, age: age)
      pooled.finishedRuns += earlier.finishedRuns
      pooled.pooledSeasons.append(earlier.season)
    }
    return pooled
  }

  /// Circuits and years with races, by circuit and year.
  public var crowds: [(circuit: String, season: Int16)] {
    cells.keys.map { (circuit: races.circuits[Int($0.circuit)], season: $0.season) }.sorted { $0 < $1 }
  }
}
