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
  /// - Complexity: O(cells of the table).
  package func paceTable(driver: Int, kind: TableKind = .field) -> PaceTable? {
    guard hasPace[driver], let offset = kind == .reference ? referenceOffset : pace.offset(driver: driver) else {
      return nil
    }
    let compounds = data.compounds
    let wearCount = 4 * (caps.largest + constants.tables.spareLaps) + 1
    let laps = tableLaps(driver: driver, isGreen: kind == .green)
    var values: [Int32] = []
    values.reserveCapacity(compounds.count * wearCount * laps.count)
    for compound in compounds {
      let row = tableRow(compound, offset: offset)
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

  private func tableRow(_ compound: Compound, offset: Double) -> [TableCell] {
    (0...data.lapCount).map { lap in
      let isKnown = windows.allows(compound.tyreClass, lap: lap)
      return TableCell(
        base: (pace.common(compound.tyreClass, lap: lap) ?? 0) + offset,
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
