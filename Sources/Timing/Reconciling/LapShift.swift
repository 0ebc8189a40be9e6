import Racing

/// Finds a source whose lap numbers are all one too low or too high: exports that merged laps at a red flag.
enum LapShift {
  /// What to add to the lap numbers of `race` so that they are those of `reference`; 0 unless most lap times say so.
  static func found(in race: RaceRecord, against reference: RaceRecord) -> Int {
    var matches = [-1: 0, 0: 0, 1: 0]
    var count = 0
    for entrant in race.entrants {
      guard let other = reference.entrants.first(where: { $0.code == entrant.code }) else { continue }
      let times = Dictionary(
        other.laps.compactMap { lap in lap.timeMilliseconds.map { (lap.number, $0) } }, uniquingKeysWith: { $1 })
      for lap in entrant.laps {
        guard lap.timeSource != .derived, let time = lap.timeMilliseconds else { continue }
        count += 1
        for shift in matches.keys where times[lap.number + shift] == time { matches[shift]? += 1 }
      }
    }
    guard let best = matches.max(by: { ($0.value, abs($1.key)) < ($1.value, abs($0.key)) }), best.key != 0 else {
      return 0
    }
    return best.value * 2 > count && best.value > 4 * (matches[0] ?? 0) ? best.key : 0
  }

  /// The race with its laps and stops renumbered.
  static func moved(_ race: RaceRecord, by shift: Int) -> RaceRecord {
    var moved = race
    for entrant in moved.entrants.indices {
      for lap in moved.entrants[entrant].laps.indices { moved.entrants[entrant].laps[lap].number += shift }
      for stop in moved.entrants[entrant].pitStops.indices { moved.entrants[entrant].pitStops[stop].lap += shift }
    }
    return moved
  }
}
