import Racing

/// Grid, results and stops, driver by driver.
extension RaceMerge {
  /// Merges the fields of the entrant at that place of the record.
  mutating func mergeFields(of index: Int) {
    let code = result.record.entrants[index].code
    let told = told(code)
    let byResults = told.enumerated().sorted {
      (Trust.rank($0.element.source, in: Trust.results), $0.offset)
        < (Trust.rank($1.element.source, in: Trust.results), $1.offset)
    }.map(\.element)
    for rule in EntrantFieldRule.all {
      let tellers = byResults.filter { rule.text($0.entrant) != nil }
      guard let kept = tellers.first else { continue }
      change { rule.copy(kept.entrant, &$0.entrants[index]) }
      if kept.source.rawValue != provenance.main {
        provenance.exceptions[.init(driver: code, name: rule.name)] = kept.source.rawValue
      }
      for other in tellers.dropFirst() where rule.text(other.entrant) != rule.text(kept.entrant) {
        if rule.agree(kept.entrant, other.entrant) { continue }
        note(
          Disagreement(
            driver: code, field: rule.name, kept: rule.text(kept.entrant), by: kept.source.rawValue,
            other: rule.text(other.entrant), by: other.source.rawValue, severity: rule.severity))
      }
    }
    mergeStops(of: index, told)
    change { record in
      let official = record.entrants[index].result.laps
      for lap in record.entrants[index].laps.indices {
        record.entrants[index].laps[lap].isCounted = record.entrants[index].laps[lap].number <= official
      }
    }
  }

  /// Stops of the first source that has any; times in the pit lane of the others are only held beside them, for the lines
  /// between which they are taken differ.
  private mutating func mergeStops(of index: Int, _ told: [(source: RaceSource, entrant: Entrant)]) {
    let code = result.record.entrants[index].code
    guard let main = told.first(where: { !$0.entrant.pitStops.isEmpty }) else { return }
    var stops = main.entrant.pitStops
    for other in told where other.source != main.source {
      for stop in other.entrant.pitStops {
        guard let place = stops.firstIndex(where: { $0.lap == stop.lap }) else {
          note(
            Disagreement(
              driver: code, lap: stop.lap, field: "pit_stop", kept: nil, by: main.source.rawValue, other: "present",
              by: other.source.rawValue, severity: .info))
          continue
        }
        stops[place].tyresChanged = stops[place].tyresChanged ?? stop.tyresChanged
        guard let own = stops[place].laneMilliseconds, let lane = stop.laneMilliseconds else {
          stops[place].laneMilliseconds = stops[place].laneMilliseconds ?? stop.laneMilliseconds
          continue
        }
        guard abs(own - lane) > 500 else { continue }
        note(
          Disagreement(
            driver: code, lap: stop.lap, field: "lane_ms", kept: "\(own)", by: main.source.rawValue, other: "\(lane)",
            by: other.source.rawValue, severity: .info))
      }
    }
    change { $0.entrants[index].pitStops = stops.sorted { $0.lap < $1.lap } }
  }
}

/// How one field of an entrant is compared and taken over.
struct EntrantFieldRule: Sendable {
  let name: String
  /// The value as text; nil when unknown.
  let text: @Sendable (Entrant) -> String?
  let copy: @Sendable (_ from: Entrant, _ to: inout Entrant) -> Void
  var tolerance: Int64 = 0
  var severity = Disagreement.Severity.warning

  /// Numbers within the tolerance.
  func agree(_ left: Entrant, _ right: Entrant) -> Bool {
    guard tolerance > 0, let one = text(left).flatMap({ Int64($0) }), let other = text(right).flatMap({ Int64($0) })
    else { return false }
    return abs(one - other) <= tolerance
  }

  /// Every field of a driver that several sources tell and that is not a name.
  static let all: [EntrantFieldRule] = [
    EntrantFieldRule(
      name: "number", text: { $0.number.map { "\($0)" } }, copy: { $1.number = $0.number ?? $1.number }),
    EntrantFieldRule(
      name: "grid",
      text: { entrant in
        switch entrant.grid {
        case .slot(let slot): "\(slot)"
        case .pitLane: "pit lane"
        case nil: nil
        }
      }, copy: { $1.grid = $0.grid }),
    EntrantFieldRule(
      name: "position", text: { $0.result.position.map { "\($0)" } }, copy: { $1.result.position = $0.result.position }),
    EntrantFieldRule(
      name: "status", text: { $0.result.status.isEmpty ? nil : $0.result.status },
      copy: { $1.result.status = $0.result.status }, severity: .info),
    EntrantFieldRule(
      name: "laps", text: { "\($0.result.laps)" }, copy: { $1.result.laps = $0.result.laps }),
    EntrantFieldRule(
      name: "time_ms", text: { $0.result.timeMilliseconds.map { "\($0)" } },
      copy: { $1.result.timeMilliseconds = $0.result.timeMilliseconds }, tolerance: 1),
  ]
}
