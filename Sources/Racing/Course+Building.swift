extension Course {
  /// A lap of a safety-car period that took more than this share of the median, in hundredths, is no obstacle.
  static let obstacleDurationPercent: Int64 = 130

  /// Lays out one car's race; without rivals it is alone, and a race that was stopped has no floor.
  init(
    artefact: RaceArtefact, car: RaceArtefact.Car, pace table: PaceTable, rivals: [RaceArtefact.Car]?,
    follow: FollowTable, wearCount: Int, crewGain: Int64 = 0
  ) {
    let lapCount = car.lastLap
    self.follow = follow
    self.wearCount = wearCount
    slotCount = artefact.compounds.count
    laps = []
    pace = Self.pace(table, car: car, field: artefact.laps, wearCount: wearCount)
    starts = []
    obstacles = []
    redStarts = []
    redEnds = []
    let isUnbound = rivals == nil && car.kinds[0...lapCount].contains(.red)
    for lap in 0...lapCount {
      let kind = lap == 0 ? LapKind.green : car.kinds[lap]
      let before = car.kinds[max(0, lap - Self.restartLaps)..<lap]
      let isRestart = before.contains { $0 == .safetyCar || $0 == .red }
      appendFacts(
        lap: lap, kind: kind, artefact: artefact, crewGain: crewGain, hasFloor: !isUnbound,
        theta: isRestart ? Self.restartTheta * follow.theta : follow.theta)
      guard lap > 1, let rivals else { continue }
      if kind == .red {
        appendRedQueue(lap: lap, car: car, rivals: rivals)
      } else {
        appendObstacles(lap: lap, kind: kind, rivals: rivals, field: artefact.laps[lap])
      }
    }
  }

  /// The published table in the order in which laps are driven. Behind the safety car everybody drives its pace; wear
  /// beyond the table costs what the last entry costs.
  private static func pace(_ table: PaceTable, car: RaceArtefact.Car, field: [RaceArtefact.FieldLap], wearCount: Int)
    -> [Int32]
  {
    let slotCount = table.compounds.count
    let stride = table.lapCount + 1
    var pace = [Int32](repeating: 0, count: (car.lastLap + 1) * slotCount * wearCount)
    for lap in 1...car.lastLap {
      let shared = car.kinds[lap] == .safetyCar ? Int32(clamping: field[lap].safetyCarMilliseconds) : nil
      for slot in 0..<slotCount {
        for wear in 0..<wearCount {
          let known = (slot * table.wearCount + min(wear, table.wearCount - 1)) * stride + lap
          pace[(lap * slotCount + slot) * wearCount + wear] = shared ?? table.values[known]
        }
      }
    }
    return pace
  }

  private mutating func appendFacts(
    lap: Int, kind: LapKind, artefact: RaceArtefact, crewGain: Int64, hasFloor: Bool, theta: Int64
  ) {
    let first = kind == .red ? redStarts.count : starts.count
    laps.append(
      LapFacts(
        kind: kind, outPart: artefact.pitLoss.onOutLap(kind) - crewGain,
        inPart: artefact.pitLoss.onInLap(kind),
        floor: hasFloor && kind == .safetyCar ? artefact.laps[lap].floorMilliseconds : .min, theta: theta, first: first,
        count: 0,
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
