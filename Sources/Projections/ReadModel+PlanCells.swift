internal import Events
public import Racing

extension ReadModel {
  /// Ranked runs at a circuit in a year that stopped on those laps and no others, by Strategy IQ descending.
  /// - Complexity: O(runs that reached the flag).
  public func rankedRuns(circuit: String, season: Int16, stopLaps: [Int], limit: Int) -> [SimulationRecord] {
    guard let ordinal = races.circuitOrdinal(of: circuit),
      let cell = cells[CellKey(circuit: ordinal, season: season)]
    else { return [] }
    var found: [(iq: Int16, run: UInt32)] = []
    for index in 0..<UInt32(results.count) {
      let result = results[index]
      guard result.isRanked != 0, Int(result.stopCount) == stopLaps.count, result.stops.map({ Int($0.lap) }) == stopLaps
      else { continue }
      let run = runs[result.run]
      guard races.races[Int(run.race)].cell == cell, !run.flags.contains(.erased) else { continue }
      found.append((result.iq, result.run))
    }
    found.sort { ($1.iq, $0.run) < ($0.iq, $1.run) }
    return found.prefix(limit).map { record($0.run) }
  }
}

/// The ranked runs that stopped on the same laps.
public struct PlanCell: Sendable, Equatable {
  /// The lap of the first stop.
  public let first: Int
  /// The lap of the second stop; nil for plans of one stop.
  public let second: Int?
  /// Ranked runs that reached the flag so.
  public internal(set) var runs = 0
  /// Those of them that count for windows.
  public internal(set) var accepted = 0
  /// Weight of those, millionths, before what one user may contribute at most.
  public internal(set) var weight: Int64 = 0
  /// Mean Strategy IQ, hundredths.
  public internal(set) var meanIQ: Int64 = 0
  /// Mean distance to the best possible finish, ms.
  public internal(set) var meanRegret: Int64 = 0
}

extension ReadModel {
  /// Where ranked runs at a circuit in a year stopped.
  ///
  /// - Parameters:
  ///   - stopCount: Stops of the plans, 1 or 2.
  ///   - compound: Only plans whose first stop fitted it; nil for all.
  /// - Returns: By first and second lap; nil as long as no race there was imported.
  /// - Complexity: O(runs that reached the flag).
  public func planCells(circuit: String, season: Int16, stopCount: Int, compound: Compound? = nil) -> [PlanCell]? {
    guard let ordinal = races.circuitOrdinal(of: circuit),
      let cell = cells[CellKey(circuit: ordinal, season: season)]
    else { return nil }
    let counted = races.races.map { $0.cell == cell }
    var found: [Int: PlanCell] = [:]
    for index in 0..<UInt32(results.count) {
      let result = results[index]
      guard result.isRanked != 0, Int(result.stopCount) == stopCount else { continue }
      let run = runs[result.run]
      guard counted[Int(run.race)], !run.flags.contains(.erased) else { continue }
      if let compound, result.stops.first?.compound != compound { continue }
      let second = stopCount > 1 ? Int(result.stopLaps.1) : nil
      let key = Int(result.stopLaps.0) << 8 | (second ?? 0)
      var one = found[key] ?? PlanCell(first: Int(result.stopLaps.0), second: second)
      one.runs += 1
      if Int64(result.iq) >= rules.acceptedIQ { one.accepted += 1 }
      one.weight += Int64(result.weight)
      one.meanIQ += Int64(result.iq)
      one.meanRegret += Int64(result.toOptimum)
      found[key] = one
    }
    return found.sorted { $0.key < $1.key }.map { _, sum in
      var cell = sum
      cell.meanIQ /= Int64(cell.runs)
      cell.meanRegret /= Int64(cell.runs)
      return cell
    }
  }
}
