extension Course {
  /// A lap of a safety-car period that took more than this share of the median, in hundredths, is no obstacle.
  static let obstacleDurationPercent: Int64 = 115

  init(
    artefact: RaceArtefact, car: RaceArtefact.Car, pace table: PaceTable, rivals: [RaceArtefact.Car],
    follow: FollowTable, wearCount: Int
  ) {
    let lapCount = car.lastLap
    self.follow = follow
    self.wearCount = wearCount
    slotCount = artefact.compounds.count
    laps = []
    pace = []
    starts = []
    obstacles = []
    redStarts = []
    redEnds = []
    pace.reserveCapacity((lapCount + 1) * slotCount * wearCount)
    for lap in 0...lapCount {
      let kind = lap == 0 ? LapKind.green : car.kinds[lap]
      appendPace(lap: lap, kind: kind, table: table, field: artefact.laps[lap])
      appendFacts(lap: lap, kind: kind, artefact: artefact)
      guard lap > 1 else { continue }
      if kind == .red {
        appendRedQueue(lap: lap, car: car, rivals: rivals)
      } else {
        appendObstacles(lap: lap, kind: kind, rivals: rivals, field: artefact.laps[lap])
      }
    }
  }

  /// Behind the safety car everybody drives its pace; wear beyond the published table costs what the last entry costs.
  private mutating func appendPace(lap: Int, kind: LapKind, table: PaceTable, field: RaceArtefact.FieldLap) {
    for slot in 0..<slotCount {
      for wear in 0..<wearCount {
        guard lap > 0, kind != .safetyCar else {
          pace.append(Int32(truncatingIfNeeded: lap > 0 ? field.safetyCarMilliseconds : 0))
          continue
        }
        let known = min(wear, table.wearCount - 1)
        pace.append(table.values[(slot * table.wearCount + known) * (table.lapCount + 1) + lap])
      }
    }
  }

  private mutating func appendFacts(lap: Int, kind: LapKind, artefact: RaceArtefact) {
    let first = kind == .red ? redStarts.count : starts.count
    laps.append(
      LapFacts(
        kind: kind, outPart: kind.pitPart(artefact.pitLoss.outMilliseconds),
        inPart: kind.pitPart(artefact.pitLoss.inMilliseconds),
        floor: kind == .safetyCar ? artefact.laps[lap].floorMilliseconds : .min, first: first, count: 0,
        redEndCount: 0, redEndFirst: redEnds.count))
  }

  /// Rivals that completed the red lap, by the time they began it; and everybody's end of it.
  private mutating func appendRedQueue(lap: Int, car: RaceArtefact.Car, rivals: [RaceArtefact.Car]) {
    let completed = rivals.filter { lap <= $0.lastLap && $0.elapsed[lap] >= 0 }
    let begun = completed.map { $0.elapsed[lap - 1] }.filter { $0 >= 0 }.sorted()
    redStarts += begun.map(Int32.init(clamping:))
    let ends = (completed.map { $0.elapsed[lap] } + [car.elapsed[lap]]).sorted()
    redEnds += ends.map(Int32.init(clamping:))
    laps[lap].count = begun.count
    laps[lap].redEndCount = ends.count
  }

  private mutating func appendObstacles(
    lap: Int, kind: LapKind, rivals: [RaceArtefact.Car], field: RaceArtefact.FieldLap
  ) {
    let inTheWay = rivals.filter { Self.isObstacle($0, lap: lap, kind: kind, field: field) }
      .sorted { ($0.elapsed[lap - 1], $0.code) < ($1.elapsed[lap - 1], $1.code) }
    var latest = Int32.min
    var latestSolid = Int32.min
    for rival in inTheWay {
      let end = Int32(clamping: rival.elapsed[lap])
      latest = max(latest, end)
      if !rival.outLaps[lap] { latestSolid = max(latestSolid, end) }
      starts.append(Int32(clamping: rival.elapsed[lap - 1]))
      obstacles.append(Obstacle(end: end, latestEnd: latest, latestSolidEnd: latestSolid))
    }
    laps[lap].count = inTheWay.count
  }

  /// Whether a car can be in the way on a lap at all; whether it began the lap ahead is asked while driving.
  static func isObstacle(_ rival: RaceArtefact.Car, lap: Int, kind: LapKind, field: RaceArtefact.FieldLap) -> Bool {
    guard lap <= rival.lastLap, rival.elapsed[lap] >= 0, rival.elapsed[lap - 1] >= 0, !rival.inLaps[lap] else {
      return false
    }
    guard kind.isNeutralised else { return true }
    let retires = lap == rival.lastLap && !rival.isFinisher
    let duration = rival.elapsed[lap] - rival.elapsed[lap - 1]
    let limit = obstacleDurationPercent * field.medianDurationMilliseconds
    return !rival.outLaps[lap] && !retires && 100 * duration <= limit
  }
}
