/// Puts the values of one car's laps right where they tell on each other. The order of the steps matters.
struct LapRepairs {
  private let corrections: LapCorrections
  private var laps: [TimedLap]
  private(set) var integrityErrors = 0

  /// The car with its laps repaired. `partStarts` are the beginnings of the parts of qualifying.
  static func repaired(_ car: CarLaps, partStarts: [Int], _ corrections: LapCorrections) -> CarLaps {
    var repairs = LapRepairs(car.laps, corrections)
    repairs.repairTimes()
    repairs.tightenEnds()
    repairs.completeLastEnd()
    repairs.pullEndsBack()
    repairs.pullEndsForward()
    var repaired = car
    repaired.laps = repairs.laps
    repaired.integrityErrors = repairs.integrityErrors
    PersonalBests.mark(&repaired.laps, bests: car.bests, partStarts: partStarts)
    repaired.settleStops()
    return repaired
  }

  private init(_ laps: [TimedLap], _ corrections: LapCorrections) {
    self.laps = laps
    self.corrections = corrections
  }

  /// R1 to R4, row by row.
  private mutating func repairTimes() {
    for index in laps.indices {
      acceptRefused(index)
      if let time = laps[index].time.known, laps[index].sectors.knownSum > time {
        laps[index].time = .unset
        integrityErrors += 1
      }
      if laps[index].time == .empty { laps[index].time = laps[index].sectors.sum.map { .value($0) } ?? .unset }
      guard index > 0 else { continue }
      repairFromLapBefore(index)
    }
  }

  /// C1: the sectors that came later bear out the time that was refused.
  private mutating func acceptRefused(_ index: Int) {
    guard corrections.contains(.longLaps), laps[index].time.known == nil, let refused = laps[index].refused,
      refused == laps[index].sectors.sum
    else { return }
    laps[index].time = .value(refused)
  }

  /// Equal values are not sent again: a missing one may be that of the lap before.
  private mutating func repairFromLapBefore(_ index: Int) {
    let before = laps[index - 1]
    if let sum = laps[index].sectors.sum {
      if laps[index].time.known == nil, before.time.known == sum { laps[index].time = .value(sum) }
      return
    }
    guard let time = laps[index].time.known else { return }
    let missing = (0..<3).filter { laps[index].sectors[$0] == nil }
    guard missing.count == 1, let sector = missing.first else { return }
    let rest = time - laps[index].sectors.knownSum
    if rest == before.sectors[sector] { laps[index].sectors[sector] = rest }
  }

  /// R5: the lap ended no later than its sectors say.
  private mutating func tightenEnds() {
    for index in laps.indices {
      guard let best = earliestEnd(laps[index]) else { continue }
      if index > 0, let before = laps[index - 1].end, best < before {
        integrityErrors += 1
      } else {
        laps[index].end = best
      }
    }
  }

  private func earliestEnd(_ lap: TimedLap) -> Int? {
    var best = lap.end
    var sum = 0
    let steps: [(sector: Int?, end: Int?)] = [
      (0, lap.sectorEnds.third), (lap.sectors.third, lap.sectorEnds.second), (lap.sectors.second, lap.sectorEnds.first),
    ]
    for step in steps {
      if step.end == nil, !corrections.contains(.sectorSums) { continue }
      guard let sector = step.sector else { break }
      sum += sector
      if let end = step.end { best = min(best ?? .max, end + sum) }
    }
    return best
  }

  /// R6: a last lap without an end ended in the pits or is none.
  private mutating func completeLastEnd() {
    guard let last = laps.last, last.end == nil else { return }
    if let pitIn = last.pitIn {
      laps[laps.count - 1].end = pitIn
    } else {
      laps.removeLast()
    }
  }

  /// R7: a lap began no later than its time says.
  private mutating func pullEndsBack() {
    for index in laps.indices.dropFirst().reversed() {
      guard let end = laps[index].end, let time = laps[index].time.known, let before = laps[index - 1].end,
        end - time < before
      else { continue }
      if index > 1, let earlier = laps[index - 2].end, end - time < earlier {
        integrityErrors += 1
      } else {
        laps[index - 1].end = end - time
      }
    }
  }

  /// R8: a lap ended no later than the lap before and its own time say.
  private mutating func pullEndsForward() {
    for index in laps.indices.dropLast() {
      guard let end = laps[index].end, let time = laps[index + 1].time.known else { continue }
      laps[index + 1].end = laps[index + 1].end.map { min($0, end + time) }
      var sum = end
      for sector in 0..<3 {
        guard let value = laps[index + 1].sectors[sector] else { break }
        sum += value
        laps[index + 1].sectorEnds[sector] = laps[index + 1].sectorEnds[sector].map { min($0, sum) }
      }
    }
  }
}

extension CarLaps {
  /// R10: stops count from the first lap, and driving to the grid is not the end of a lap.
  fileprivate mutating func settleStops() {
    guard let first = laps.first else { return }
    for index in laps.indices { laps[index].stops -= first.stops }
    if let pitIn = first.pitIn, let pitOut = first.pitOut, pitIn < pitOut { laps[0].pitIn = nil }
  }
}
