/// Stints, compounds and ages. The source's stint numbers are not used: timing feeds invent stints behind the safety
/// car and at red flags.
extension RaceData.Driver {
  /// A stint ends with a stop at which tyres were changed, and wherever the known compound changes.
  mutating func findStints(_ rows: [Lap]) {
    guard lastLap > 0 else { return }
    var first = 1
    var known = rows[0].compound
    for lap in 1...lastLap {
      let next = lap < lastLap ? rows[lap] : nil
      let changes = next?.compound.map { known != nil && $0 != known } ?? false
      guard next == nil || changes || hasNewSet(after: lap, rows: rows) else {
        known = known ?? next?.compound
        continue
      }
      stints.append(RaceData.Stint(laps: first...lap, compound: nil, ageAtStart: 0))
      first = lap + 1
      known = next?.compound
    }
  }

  /// Whether tyres were changed at the end of the lap. A set of the same compound that is exactly a lap older is the
  /// same set, whatever the stop's row says: behind a safety car that leads the field through the pit lane every pass
  /// is reported as a stop. Where the row says nothing, a set that is no older than before is new.
  private func hasNewSet(after lap: Int, rows: [Lap]) -> Bool {
    guard laps[lap].isIn else { return false }
    let said = entrant.pitStops.first { $0.lap == lap }?.tyresChanged
    guard let before = rows[lap - 1].tyreLife, let after = rows[lap].tyreLife else { return said ?? false }
    let isSame = after == before + 1 && rows[lap].compound == rows[lap - 1].compound
    return said.map { $0 && !isSame } ?? (after <= before)
  }

  /// Fills compounds and ages from the nearest known lap of the stint.
  mutating func repairTyres(_ rows: [Lap]) {
    for index in stints.indices {
      let range = stints[index].laps
      for lap in range {
        let known = range.filter { rows[$0 - 1].compound != nil }
        let nearest = known.last { $0 <= lap } ?? known.first
        laps[lap].compound = nearest.flatMap { rows[$0 - 1].compound }
        laps[lap].life = age(at: lap, in: range, rows: rows)
      }
      stints[index].compound = laps[range.lowerBound].compound
      stints[index].ageAtStart = max(0, laps[range.lowerBound].life - 1)
      lacksCompound = lacksCompound || stints[index].compound == nil
      hasAssumedAge = hasAssumedAge || range.allSatisfy { rows[$0 - 1].tyreLife == nil }
    }
  }

  private func age(at lap: Int, in range: ClosedRange<Int>, rows: [Lap]) -> Int {
    let known = range.filter { rows[$0 - 1].tyreLife != nil }
    let nearest = known.min { (abs($0 - lap), $0) < (abs($1 - lap), $1) }
    guard let nearest, let life = rows[nearest - 1].tyreLife else { return lap - range.lowerBound + 1 }
    return max(1, life + lap - nearest)
  }

  /// Adds up effective age over a stint.
  mutating func wear(down stint: RaceData.Stint, quarters: [Int]) {
    var wear = 4 * stint.ageAtStart
    for lap in stint.laps {
      wear += quarters[Int(laps[lap].kind.rawValue)]
      laps[lap].wear = wear
    }
  }
}
