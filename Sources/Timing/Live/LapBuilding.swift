/// Makes laps out of one car's messages, in two passes: the first finds where laps end, the second gives them values.
/// Late values make it necessary: how late a value is only shows against the end of the lap before.
struct LapBuilding {
  /// A value this much after the end of a lap still belongs to it.
  private static let lateness = 5_000
  /// Between parts of qualifying the feed sends the time since the lap before: what is longer must agree with the sectors.
  private static let longLap = 150_000

  private let patches: [CarPatch]
  private var rows = [TimedLap()]
  private var current = 0
  private var announced = 0
  private var isInPast = false
  private var stops = -1
  private var car: CarLaps
  /// What a recording that began in mid-session knows of the car.
  private let joining: TimingDataTopic.Joining?
  /// Laps that the car had completed before.
  private var before: Int { joining?.laps ?? 0 }

  /// The laps of that car. C15: those before a recording began are absent, and the others keep their numbers.
  static func laps(of car: TimingDataTopic.Car, joining: TimingDataTopic.Joining? = nil) -> CarLaps {
    var building = LapBuilding(car, joining)
    building.countLaps()
    building.readValues()
    return building.finished()
  }

  private init(_ car: TimingDataTopic.Car, _ joining: TimingDataTopic.Joining?) {
    self.joining = joining
    patches = car.patches
    self.car = CarLaps(number: car.number)
  }

  /// The message speaks of an earlier lap than the one under way, or follows one that did.
  private mutating func isLate(_ patch: CarPatch) -> Bool {
    let count = patch.lapCount.map { Int($0) }
    if isInPast, count == announced { isInPast = false }
    if let count, count < announced { isInPast = true }
    return isInPast
  }

  private func beginsLap(_ patch: CarPatch) -> Bool {
    patch.lapCount.map { Int($0) > announced } ?? false
  }

  private mutating func countLaps() {
    announced = before
    var hasLeft = joining?.hasLeft ?? false
    for patch in patches where !isLate(patch) {
      if patch.isInPit == false { hasLeft = true }
      guard beginsLap(patch) else { continue }
      announced += 1
      guard hasLeft else { continue }
      rows[current].end = Int(patch.time)
      current += 1
      rows.append(TimedLap())
    }
  }

  private mutating func readValues() {
    (current, announced, isInPast) = (0, before, false)
    if joining?.hasLeft == true { stops = 0 }
    for patch in patches where !isLate(patch) {
      let time = Int(patch.time)
      let isForLapBefore = current > 0 && rows[current - 1].end.map { time - $0 < Self.lateness } ?? false
      let row = isForLapBefore ? current - 1 : current
      readSectors(patch, into: &rows[row])
      readLapTime(patch, into: &rows[row])
      readSpeeds(patch, into: &rows[row])
      if let speed = patch.speedST { rows[current].speedST = Int(speed) }
      readPitLane(patch)
      if let best = patch.best { car.bests.append((time, Int(best))) }
      if let part = patch.part, Int(part) + 1 > car.parts.count { car.parts.append(time) }
      guard beginsLap(patch) else { continue }
      announced += 1
      guard stops >= 0 else { continue }
      rows[current].end = time
      rows[current].number = before + current + 1
      rows[current].stops = stops
      current += 1
      car.announcedEnds += 1
    }
  }

  private func readSectors(_ patch: CarPatch, into row: inout TimedLap) {
    for (index, value) in [patch.sector1, patch.sector2, patch.sector3].enumerated() {
      guard let value else { continue }
      row.sectors[index] = Int(value)
      row.sectorEnds[index] = Int(patch.time)
    }
  }

  private func readLapTime(_ patch: CarPatch, into row: inout TimedLap) {
    switch patch.lastLap {
    case .absent: break
    case .empty: row.time = .empty
    case .value(let value):
      let time = Int(value)
      if time < Self.longLap || time == row.sectors.sum {
        row.time = .value(time)
        row.refused = nil
      } else {
        row.refused = time
      }
    }
  }

  private func readSpeeds(_ patch: CarPatch, into row: inout TimedLap) {
    if let speed = patch.speedI1 { row.speedI1 = Int(speed) }
    if let speed = patch.speedI2 { row.speedI2 = Int(speed) }
    if let speed = patch.speedFL { row.speedFL = Int(speed) }
  }

  private mutating func readPitLane(_ patch: CarPatch) {
    guard let isInPit = patch.isInPit else { return }
    let time = Int(patch.time)
    if isInPit {
      if stops >= 0 { rows[current].pitIn = time }
      return
    }
    let endsSoon = rows[current].end.map { $0 - time < Self.lateness } ?? false
    let isForNextLap = (beginsLap(patch) || endsSoon) && current + 1 < rows.count
    rows[isForNextLap ? current + 1 : current].pitOut = time
    stops += 1
  }

  private mutating func finished() -> CarLaps {
    guard current > 0 else { return car }
    if rows[current].hasData {
      rows[current].number = before + current + 1
      rows[current].stops = stops
    } else {
      rows.removeLast(rows.count - current)
    }
    if before > 0 {
      dropLapUnderWay()
    } else if let first = rows.first, !first.hasData {
      rows.removeFirst()
      for index in rows.indices { rows[index].number -= 1 }
    }
    car.laps = rows
    return car
  }

  /// The lap under way when the recording began is a lap only if all of it was recorded.
  private mutating func dropLapUnderWay() {
    guard let first = rows.first, first.sectors.sum == nil || first.time.known == nil else { return }
    rows.removeFirst()
  }
}
