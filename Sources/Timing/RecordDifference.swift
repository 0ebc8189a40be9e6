public import Racing

/// One field that two records of a race do not have in common.
public struct RecordDifference: Sendable, Equatable {
  /// The field: `lapCount`, `grid`, `laps.elapsed`, …
  public let part: String
  /// The driver; nil for a field of the whole race.
  public let driver: DriverCode?
  /// The lap; nil for a field of the whole race or driver.
  public let lap: Int?
  /// The value in the first record; `-` when unknown.
  public let left: String
  /// The value in the second record; `-` when unknown.
  public let right: String
}

extension RecordDifference: CustomStringConvertible {
  /// `laps.elapsed, VER lap 3: 244,100 against 244,347`.
  public var description: String {
    let who = driver.map { ", \($0)" } ?? ""
    let when = lap.map { " lap \($0)" } ?? ""
    return "\(part)\(who)\(when): \(left) against \(right)"
  }
}

extension RaceRecord {
  /// The fields in which the records differ, provenance left aside: the race's own, then driver by driver and lap by lap.
  ///
  /// - Complexity: O(laps).
  public func differences(to other: RaceRecord) -> [RecordDifference] {
    var found = DifferenceList()
    found.compareRaces(self, other)
    let codes = Set(entrants.map(\.code)).union(other.entrants.map(\.code)).sorted()
    for code in codes {
      found.compareEntrants(
        entrants.first { $0.code == code }, other.entrants.first { $0.code == code }, code)
    }
    return found.differences
  }
}

/// Collects differences in the order compared.
private struct DifferenceList {
  private(set) var differences: [RecordDifference] = []

  private mutating func compare<Value: Equatable>(
    _ part: String, _ left: Value?, _ right: Value?, _ driver: DriverCode? = nil, _ lap: Int? = nil
  ) {
    if left == right { return }
    differences.append(
      RecordDifference(
        part: part, driver: driver, lap: lap, left: left.map { "\($0)" } ?? "-", right: right.map { "\($0)" } ?? "-"))
  }

  mutating func compareRaces(_ left: RaceRecord, _ right: RaceRecord) {
    compare("key", left.key, right.key)
    compare("slug", left.slug, right.slug)
    compare("name", left.name, right.name)
    compare("circuit", left.circuit, right.circuit)
    compare("date", left.date, right.date)
    compare("lapCount", left.lapCount, right.lapCount)
    compare("scheduledLapCount", left.scheduledLapCount, right.scheduledLapCount)
    compare("isSynthetic", left.isSynthetic, right.isSynthetic)
    compare("quality", left.quality, right.quality)
    compare("qualityNote", left.qualityNote, right.qualityNote)
    compare("rules", left.rules, right.rules)
    compare("start", left.startSessionMilliseconds, right.startSessionMilliseconds)
    for index in 0..<max(left.neutralisations.count, right.neutralisations.count) {
      compare("neutralisations", left.neutralisations.at(index), right.neutralisations.at(index))
    }
  }

  mutating func compareEntrants(_ left: Entrant?, _ right: Entrant?, _ code: DriverCode) {
    guard let left, let right else {
      return compare("entrants", left.map { _ in "present" }, right.map { _ in "present" }, code)
    }
    compare("number", left.number, right.number, code)
    compare("name", left.name, right.name, code)
    compare("team", left.team, right.team, code)
    compare("teamColour", left.teamColour, right.teamColour, code)
    compare("grid", left.grid, right.grid, code)
    compare("result.position", left.result.position, right.result.position, code)
    compare("result.status", left.result.status, right.result.status, code)
    compare("result.laps", left.result.laps, right.result.laps, code)
    compare("result.time", left.result.timeMilliseconds, right.result.timeMilliseconds, code)
    compare("result.penalty", left.result.penaltyMilliseconds, right.result.penaltyMilliseconds, code)
    compare("penalties", left.penalties, right.penalties, code)
    compareStops(left.pitStops, right.pitStops, code)
    compareLaps(left.laps, right.laps, code)
  }

  private mutating func compareStops(_ left: [PitStop], _ right: [PitStop], _ code: DriverCode) {
    for index in 0..<max(left.count, right.count) {
      let lap = (left.at(index) ?? right.at(index))?.lap
      compare("pitStops", left.at(index), right.at(index), code, lap)
    }
  }

  private mutating func compareLaps(_ left: [Lap], _ right: [Lap], _ code: DriverCode) {
    let others = Dictionary(right.map { ($0.number, $0) }) { first, _ in first }
    let own = Set(left.map(\.number))
    for lap in left {
      if let other = others[lap.number] {
        if lap != other { compareLap(lap, other, code) }
      } else {
        compare("laps", "present", nil, code, lap.number)
      }
    }
    for lap in right where !own.contains(lap.number) { compare("laps", nil, "present", code, lap.number) }
  }

  private mutating func compareLap(_ left: Lap, _ right: Lap, _ code: DriverCode) {
    let lap = left.number
    compare("laps.time", left.timeMilliseconds, right.timeMilliseconds, code, lap)
    compare("laps.timeSource", left.timeSource, right.timeSource, code, lap)
    compare("laps.sectors", left.sectorMilliseconds, right.sectorMilliseconds, code, lap)
    compare("laps.elapsed", left.elapsedMilliseconds, right.elapsedMilliseconds, code, lap)
    compare("laps.compound", left.compound, right.compound, code, lap)
    compare("laps.tyreLife", left.tyreLife, right.tyreLife, code, lap)
    compare("laps.stint", left.stint, right.stint, code, lap)
    compare("laps.pitIn", left.pitInElapsedMilliseconds, right.pitInElapsedMilliseconds, code, lap)
    compare("laps.pitOut", left.pitOutElapsedMilliseconds, right.pitOutElapsedMilliseconds, code, lap)
    compare("laps.trackStatus", left.trackStatus, right.trackStatus, code, lap)
    compare("laps.position", left.position, right.position, code, lap)
    compare("laps.isGenerated", left.isGenerated, right.isGenerated, code, lap)
    compare("laps.isCounted", left.isCounted, right.isCounted, code, lap)
    compare("laps.isDeleted", left.isDeleted, right.isDeleted, code, lap)
  }
}

extension Array {
  /// The element, or nil beyond the end.
  fileprivate func at(_ index: Int) -> Element? { index < count ? self[index] : nil }
}
