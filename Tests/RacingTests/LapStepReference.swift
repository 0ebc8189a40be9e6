import Racing

/// One lap, spelled out car by car as the rules of following say it: slow, and easy to check by eye.
struct LapStepReference {
  let artefact: RaceArtefact
  let car: RaceArtefact.Car
  let pace: PaceTable
  let rivals: [RaceArtefact.Car]

  init(_ artefact: RaceArtefact, driver: DriverCode) {
    self.artefact = artefact
    let index = artefact.cars.firstIndex { $0.code == driver }!
    car = artefact.cars[index]
    pace = artefact.paces[index]!
    rivals = artefact.cars.filter { $0.code != driver }
  }

  /// What is decided and given for a lap.
  struct Lap {
    var lap: Int
    var start: Int64
    var slot: Int
    var wear: Int
    var outLap = false
    var pits = false
    var mode = PaceMode.normal
  }

  func end(_ drive: Lap) -> Int64 {
    let kind = car.kinds[drive.lap]
    if kind == .red { return endUnderRed(drive) }
    let field = artefact.laps[drive.lap]
    var base = field.safetyCarMilliseconds
    if kind != .safetyCar {
      base = pace.milliseconds(slot: drive.slot, wear: min(drive.wear, pace.wearCount - 1), lap: drive.lap)
    }
    if kind == .green || kind == .yellow {
      base += drive.mode == .push ? -250 : drive.mode == .save ? 300 : 0
    }
    var alone = drive.start + base
    if drive.outLap { alone += part(artefact.pitLoss.outMilliseconds, kind) }
    if drive.pits { alone += part(artefact.pitLoss.inMilliseconds, kind) }
    if kind == .safetyCar { alone = max(alone, field.floorMilliseconds) }
    if drive.pits { return alone }
    return rivals.filter { isObstacle($0, drive, kind) }
      .map { behind($0, lap: drive.lap, alone: alone, kind) }
      .reduce(alone, max)
  }

  private func part(_ loss: Int64, _ kind: LapKind) -> Int64 {
    let share = kind == .safetyCar ? 62.0 : kind == .virtualSafetyCar ? 80.0 : 100.0
    return Int64((share * Double(loss) / 100).rounded(.down))
  }

  private func endUnderRed(_ drive: Lap) -> Int64 {
    let completed = rivals.filter { $0.lastLap >= drive.lap }
    let place = 1 + completed.count { $0.elapsed[drive.lap - 1] < drive.start }
    let ends = (completed + [car]).map { $0.elapsed[drive.lap] }.sorted()
    return ends[min(place, ends.count) - 1]
  }

  private func isObstacle(_ rival: RaceArtefact.Car, _ drive: Lap, _ kind: LapKind) -> Bool {
    let lap = drive.lap
    guard rival.lastLap >= lap, rival.elapsed[lap - 1] < drive.start, !rival.inLaps[lap] else { return false }
    guard kind == .safetyCar || kind == .virtualSafetyCar else { return true }
    if rival.outLaps[lap] { return false }
    if rival.lastLap == lap, !rival.isFinisher { return false }
    let duration = Double(rival.elapsed[lap] - rival.elapsed[lap - 1])
    return duration <= 1.30 * Double(artefact.laps[lap].medianDurationMilliseconds)
  }

  private func behind(_ rival: RaceArtefact.Car, lap: Int, alone: Int64, _ kind: LapKind) -> Int64 {
    let rivalEnd = rival.elapsed[lap]
    if kind == .safetyCar || kind == .virtualSafetyCar { return max(alone, rivalEnd + 800) }
    let advantage = alone - rivalEnd
    let isRestart = car.kinds[max(0, lap - 2)..<lap].contains { $0 == .safetyCar || $0 == .red }
    if advantage <= -artefact.follow.thetaMilliseconds * (isRestart ? 3 : 1) {
      return rival.outLaps[lap] ? alone : min(alone + 400, rivalEnd - 200)
    }
    return advantage < artefact.follow.knotDeltas.last! ? rivalEnd + gap(advantage) : alone
  }

  /// Straight lines between the knots, rounded down; the first gap before the first knot.
  func gap(_ advantage: Int64) -> Int64 {
    let deltas = artefact.follow.knotDeltas
    let gaps = artefact.follow.knotGaps
    guard let upper = deltas.firstIndex(where: { $0 > advantage }) else { return gaps.last! }
    guard upper > 0 else { return gaps[0] }
    let rise = (gaps[upper] - gaps[upper - 1]) * (advantage - deltas[upper - 1])
    return gaps[upper - 1] + rise / (deltas[upper] - deltas[upper - 1])
  }
}
