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
    let clocks = told.indices.map { clock(of: told[$0], byNumber[$0], code, main: main, byNumber[0]) }
    let numbers = Set(byNumber.flatMap(\.keys)).sorted()
    var laps: [Lap] = []
    for number in numbers {
      let known = told.indices.compactMap { source in
        byNumber[source][number].map { (source: told[source].source, lap: clocks[source].moved($0)) }
      }
      // A lap that only a less trusted source has, behind the last one of the main source, was never finished there.
      guard byNumber[0][number] != nil || known.contains(where: { $0.lap.isCounted && !$0.lap.isGenerated }) else {
        continue
      }
      laps.append(merged(known, code, main: main.source))
    }
    change { $0.entrants[index].laps = laps }
  }

  /// A car whose laps all end as much too early or late was aligned otherwise: that is one disagreement, not one a lap.
  private mutating func clock(
    of told: Telling, _ laps: [Int: Lap], _ code: DriverCode, main: Telling, _ reference: [Int: Lap]
  ) -> SourceClock {
    let constant = told.clock.constant(of: laps, against: reference)
    guard abs(constant) > LapFieldRule.clockTolerance(main.source, told.source, 0) else { return told.clock }
    note(
      Disagreement(
        driver: code, field: "lap_end_ms", kept: "0", by: main.source.rawValue, other: "\(-constant)",
        by: told.source.rawValue, rule: "constant"))
    return told.clock.movedFurther(by: constant)
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
}
