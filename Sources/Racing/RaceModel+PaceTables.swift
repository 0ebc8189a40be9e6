extension RaceModel {
  /// Which wear, pace and lap kinds a table speaks of.
  package enum TableKind: Sendable {
    /// The field's wear at the driver's pace: all simulation.
    case field
    /// With the driver's own wear.
    case own
    /// The field's wear at the best pace of the race.
    case reference
    /// The field's wear at the driver's pace, as if every lap were green.
    case green
  }

  /// The lap times of one driver; nil for a driver without a pace, or without anybody to refer to.
  ///
  /// - Parameter blueFlags: Laps on which the driver was really lapped cost what giving way costs.
  /// - Complexity: O(cells of the table).
  package func paceTable(driver: Int, kind: TableKind = .field, blueFlags: Bool = false) -> PaceTable? {
    guard hasPace[driver], let offset = kind == .reference ? referenceOffset : pace.offset(driver: driver) else {
      return nil
    }
    let compounds = data.compounds
    let wearCount = 4 * (caps.largest + constants.tables.spareLaps) + 1
    let laps = tableLaps(driver: driver, isGreen: kind == .green)
    var losses = kind == .green ? [Double](repeating: 0, count: laps.count) : restarts(driver: driver)
    if blueFlags { addBlueFlags(driver: driver, to: &losses) }
    var values: [Int32] = []
    values.reserveCapacity(compounds.count * wearCount * laps.count)
    for compound in compounds {
      let row = tableRow(compound, offset: offset, losses: losses)
      for wear in 0..<wearCount {
        let own = kind == .own ? pace.ownWear(driver: driver, wear: wear) : 0
        let tyre = pace.tyre(compound, wear: wear) + pace.smear + own
        for lap in laps.indices { values.append(lap == 0 ? 0 : row[lap].published(tyre: tyre, multiplier: laps[lap])) }
      }
    }
    return PaceTable(compounds: compounds, wearCount: wearCount, lapCount: data.lapCount, values: values)
  }

  /// The kind of a lap for a driver; where he did not drive it, the commonest of the field.
  package func kind(driver: Int, lap: Int) -> LapKind {
    lap > 0 && lap <= data.drivers[driver].lastLap ? data.drivers[driver].laps[lap].kind : field.kinds[lap]
  }

  private func tableLaps(driver: Int, isGreen: Bool) -> [Double] {
    (0...data.lapCount).map { lap in
      isGreen ? 1 : field.multiplier(lap: lap, kind: kind(driver: driver, lap: lap))
    }
  }

  /// What the first racing lap after a neutralisation costs beside its pace, by lap; seconds.
  private func restarts(driver: Int) -> [Double] {
    (0...data.lapCount).map { lap in
      guard lap > 1, kind(driver: driver, lap: lap).isRacing else { return 0 }
      let before = kind(driver: driver, lap: lap - 1)
      return before.isNeutralised ? pace.restart(isVirtual: before == .virtualSafetyCar) : 0
    }
  }

  private func addBlueFlags(driver: Int, to losses: inout [Double]) {
    let laps = data.drivers[driver].laps
    for lap in laps.indices.dropFirst() where laps[lap].kind.isRacing {
      losses[lap] += Double(laps[lap].lappedBy) * pace.blueFlag
    }
  }

  private func tableRow(_ compound: Compound, offset: Double, losses: [Double]) -> [TableCell] {
    (0...data.lapCount).map { lap in
      let isKnown = windows.allows(compound.tyreClass, lap: lap)
      return TableCell(
        base: (pace.common(compound.tyreClass, lap: lap) ?? 0) + offset + losses[lap],
        penalty: isKnown ? 0 : Int32(constants.tables.windowPenaltyMilliseconds))
    }
  }
}

/// What the cells of one compound and lap share.
private struct TableCell {
  let base: Double
  let penalty: Int32

  func published(tyre: Double, multiplier: Double) -> Int32 {
    Int32(truncatingIfNeeded: milliseconds((base + tyre) * multiplier)) + penalty
  }
}
