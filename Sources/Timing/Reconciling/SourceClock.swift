import Racing

/// How far a source's clock is from another's. Clocks count from different moments: the median difference over all cars
/// is no disagreement. Ends of laps and the pit lane are taken from different messages, so each has its own.
struct SourceClock: Sendable, Equatable {
  private var ends: Int64
  private let pits: Int64

  /// What the record's clock has to be moved by to be the reference's.
  init(_ record: RaceRecord, against reference: RaceRecord) {
    var ends: [Int64] = []
    var pits: [Int64] = []
    for entrant in record.entrants {
      guard let other = reference.entrants.first(where: { $0.code == entrant.code }) else { continue }
      let laps = Dictionary(other.laps.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
      for lap in entrant.laps {
        guard let twin = laps[lap.number] else { continue }
        if let own = lap.elapsedMilliseconds, let end = twin.elapsedMilliseconds { ends.append(end - own) }
        if let own = lap.pitInElapsedMilliseconds, let time = twin.pitInElapsedMilliseconds { pits.append(time - own) }
        if let own = lap.pitOutElapsedMilliseconds, let time = twin.pitOutElapsedMilliseconds {
          pits.append(time - own)
        }
      }
    }
    self.ends = SourceClock.median(ends) ?? 0
    self.pits = SourceClock.median(pits) ?? self.ends
  }

  /// The lap on the reference's clock.
  func moved(_ lap: Lap) -> Lap {
    var moved = lap
    moved.elapsedMilliseconds = lap.elapsedMilliseconds.map { $0 + ends }
    moved.pitInElapsedMilliseconds = lap.pitInElapsedMilliseconds.map { $0 + pits }
    moved.pitOutElapsedMilliseconds = lap.pitOutElapsedMilliseconds.map { $0 + pits }
    return moved
  }

  /// The clock with the ends of one car's laps moved further.
  func movedFurther(by shift: Int64) -> SourceClock {
    var clock = self
    clock.ends += shift
    return clock
  }

  /// By how much the ends of a car's laps are early, all alike, once the clocks agree; 0 where most are not.
  func constant(of laps: [Int: Lap], against reference: [Int: Lap]) -> Int64 {
    let differences = laps.compactMap { number, lap -> Int64? in
      guard let own = lap.elapsedMilliseconds, let end = reference[number]?.elapsedMilliseconds else { return nil }
      return end - own - ends
    }
    guard differences.count >= 3, let median = SourceClock.median(differences) else { return 0 }
    return differences.count { abs($0 - median) <= 5 } * 2 > differences.count ? median : 0
  }

  private static func median(_ values: [Int64]) -> Int64? {
    values.isEmpty ? nil : values.sorted()[values.count / 2]
  }
}
