import Racing

/// Laps, field by field.
extension RaceMerge {
  /// Merges the laps of the entrant at that place of the record.
  mutating func mergeLaps(of index: Int) {
    let code = result.record.entrants[index].code
    let told = told(code)
    guard let main = told.first else { return }
    let byNumber = told.map { source in
      Dictionary(source.entrant.laps.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    }
    let shifts = told.indices.map { RaceMerge.clockShift(byNumber[$0], against: byNumber[0]) }
    let numbers = Set(byNumber.flatMap(\.keys)).sorted()
    var laps: [Lap] = []
    for number in numbers {
      let known = told.indices.compactMap { source in
        byNumber[source][number].map { (source: told[source].source, lap: RaceMerge.moved($0, by: shifts[source])) }
      }
      // A lap that only a less trusted source has, behind the last one of the main source, was never finished there.
      guard byNumber[0][number] != nil || known.contains(where: { $0.lap.isCounted && !$0.lap.isGenerated }) else {
        continue
      }
      laps.append(merged(known, code, main: main.source))
    }
    change { $0.entrants[index].laps = laps }
  }

  /// One lap out of what each source says of it, the most trusted first.
  private mutating func merged(
    _ known: [(source: RaceSource, lap: Lap)], _ code: DriverCode, main: RaceSource
  ) -> Lap {
    var merged = known[0].lap
    if merged.isGenerated { return merged }
    for rule in LapFieldRule.all {
      let tellers = RaceMerge.tellers(of: rule, known, lap: merged.number)
      guard let kept = tellers.first else { continue }
      rule.copy(kept.lap, &merged)
      if kept.source.rawValue != provenance.main {
        provenance.exceptions[.init(driver: code, lap: merged.number, name: rule.name)] = kept.source.rawValue
      }
      for other in tellers.dropFirst() where !rule.agree(kept.lap, kept.source, other.lap, other.source) {
        note(
          Disagreement(
            driver: code, lap: merged.number, field: rule.name, kept: rule.text(kept.lap), by: kept.source.rawValue,
            other: rule.text(other.lap), by: other.source.rawValue,
            severity: rule.isDerived(other.lap) ? .info : rule.severity))
      }
    }
    return merged
  }

  /// Those who have a value: measured ones first, then by trust.
  private static func tellers(
    of rule: LapFieldRule, _ known: [(source: RaceSource, lap: Lap)], lap: Int
  ) -> [(source: RaceSource, lap: Lap)] {
    let order = rule.order(lap)
    func key(_ entry: (offset: Int, element: (source: RaceSource, lap: Lap))) -> (Int, Int, Int) {
      (rule.isDerived(entry.element.lap) ? 1 : 0, Trust.rank(entry.element.source, in: order), entry.offset)
    }
    return known.filter { !$0.lap.isGenerated && rule.text($0.lap) != nil }.enumerated().sorted { key($0) < key($1) }
      .map(\.element)
  }

  /// Clocks count from different moments: the median difference of lap ends is no disagreement.
  private static func clockShift(_ laps: [Int: Lap], against reference: [Int: Lap]) -> Int64 {
    let differences = laps.compactMap { number, lap -> Int64? in
      guard let own = lap.elapsedMilliseconds, let other = reference[number]?.elapsedMilliseconds else { return nil }
      return other - own
    }.sorted()
    return differences.isEmpty ? 0 : differences[differences.count / 2]
  }

  private static func moved(_ lap: Lap, by shift: Int64) -> Lap {
    guard shift != 0 else { return lap }
    var moved = lap
    moved.elapsedMilliseconds = lap.elapsedMilliseconds.map { $0 + shift }
    moved.pitInElapsedMilliseconds = lap.pitInElapsedMilliseconds.map { $0 + shift }
    moved.pitOutElapsedMilliseconds = lap.pitOutElapsedMilliseconds.map { $0 + shift }
    return moved
  }
}
