extension RaceData {
  /// Repairs a record, in the order that is published: laps that do not count, missing times, the anchor of the clock,
  /// stints, tyres, wetness, road gaps.
  /// - Throws: `ModelError.refused(.inconsistent)` when the record contradicts itself.
  /// - Complexity: O(laps · log laps).
  package init(_ record: RaceRecord, constants: ModelConstants) throws(ModelError) {
    try record.validate()
    let entrants = record.entrants.sorted { $0.code < $1.code }
    let teams = Set(entrants.map(\.team)).sorted()
    var drivers: [Driver] = []
    for entrant in entrants {
      guard let team = teams.firstIndex(of: entrant.team) else { preconditionFailure("every team is listed") }
      drivers.append(try Driver(entrant, team: team, lapCount: record.lapCount, constants: constants))
    }
    let anchor = Self.anchor(of: drivers, lapCount: record.lapCount)
    let isTrusted = abs(anchor) <= constants.cleaning.anchorLimitMilliseconds
    anchorMilliseconds = isTrusted ? anchor : 0
    isAnchorSuspect = !isTrusted
    for driver in drivers.indices { drivers[driver].shift(by: anchorMilliseconds) }
    let rows = drivers.flatMap { $0.laps.dropFirst() }
    let wetRows = rows.count { $0.compound.map { $0.tyreClass != .slick } ?? false }
    lapCount = record.lapCount
    isWet = Double(wetRows) > constants.cleaning.wetShare * Double(rows.count)
    Self.measureTraffic(&drivers, isWet: isWet)
    self.teams = teams
    self.drivers = drivers
  }

  /// What must be added to every end of lap so that the winner's race lasts its official time.
  private static func anchor(of drivers: [Driver], lapCount: Int) -> Int64 {
    guard
      let winner = drivers.first(where: { $0.entrant.result.position == 1 }), winner.lastLap == lapCount,
      let time = winner.entrant.result.timeMilliseconds
    else { return 0 }
    return time - winner.entrant.result.penaltyMilliseconds - winner.laps[lapCount].elapsed
  }
}

extension RaceData.Driver {
  /// Repairs one driver's race.
  init(_ entrant: Entrant, team: Int, lapCount: Int, constants: ModelConstants) throws(ModelError) {
    self.entrant = entrant
    self.team = team
    laps = [RaceData.Facts()]
    stints = []
    lacksCompound = false
    hasAssumedAge = false
    let rows = entrant.laps.filter { !$0.isGenerated && $0.isCounted }.sorted { $0.number < $1.number }
    for row in rows {
      guard try append(row) else { break }
    }
    markRestarts()
    findStints(rows)
    repairTyres(rows)
    for stint in stints { wear(down: stint, quarters: constants.lapKinds.wearQuarters) }
  }

  /// Adds the next lap; false where the car's known race ends.
  private mutating func append(_ row: Lap) throws(ModelError) -> Bool {
    guard row.number == laps.count, let previous = laps.last else { return false }
    guard let elapsed = row.elapsedMilliseconds ?? row.timeMilliseconds.map({ previous.elapsed + $0 }) else {
      return false
    }
    if elapsed == previous.elapsed { shareMissedCrossing() }
    let start = laps[row.number - 1].elapsed
    guard elapsed > start else {
      throw .refused(.inconsistent(reason: "\(entrant.code) ends lap \(row.number) before it begins"))
    }
    var facts = RaceData.Facts()
    facts.elapsed = elapsed
    facts.duration = elapsed - start
    facts.lapTime = row.timeMilliseconds ?? facts.duration
    facts.isMeasured = row.timeMilliseconds != nil && row.timeSource != .derived
    facts.kind = Self.holdsStoppage(facts, after: previous) ? .red : LapKind(trackStatus: row.trackStatus)
    facts.isClear = row.trackStatus == "1"
    facts.isIn = row.pitInElapsedMilliseconds != nil || entrant.pitStops.contains { $0.lap == row.number }
    facts.isOut =
      row.number > 1
      && (row.pitOutElapsedMilliseconds != nil || entrant.pitStops.contains { $0.lap == row.number - 1 })
    laps.append(facts)
    return true
  }

  /// The race stood still during the lap. Feeds put the red flag on the lap that ended in the pit lane and the waiting into
  /// the next one, whose digits tell nothing of it: only its two durations do.
  private static func holdsStoppage(_ facts: RaceData.Facts, after previous: RaceData.Facts) -> Bool {
    let waited = facts.duration - facts.lapTime
    return facts.duration > 600_000 || (previous.kind == .red && waited > 60_000)
  }

  /// The lap from the pit lane to a standing start belongs to the stoppage: nobody races on it and everybody keeps his
  /// place, whatever its digits say. It shows by its length alone. Behind a safety car the lap is known for what it is.
  private mutating func markRestarts() {
    guard let usual = median(laps.dropFirst().map(\.duration)) else { return }
    let said = laps.map(\.kind)
    for lap in laps.indices.dropFirst(2)
    where said[lap - 1] == .red && laps[lap].kind != .safetyCar && 4 * laps[lap].duration > 5 * usual {
      laps[lap].kind = .red
    }
  }

  /// Two laps that end at one instant are a crossing that the source missed: the last lap gets half of their time.
  private mutating func shareMissedCrossing() {
    let last = lastLap
    guard last > 1 else { return }
    laps[last].elapsed = (laps[last - 1].elapsed + laps[last].elapsed) / 2
    laps[last].duration = laps[last].elapsed - laps[last - 1].elapsed
    laps[last].lapTime = laps[last].duration
    laps[last].isMeasured = false
  }

  /// Moves the clock; the first lap takes the change into its duration.
  mutating func shift(by milliseconds: Int64) {
    guard laps.count > 1 else { return }
    for lap in laps.indices.dropFirst() { laps[lap].elapsed += milliseconds }
    laps[1].duration += milliseconds
  }
}

extension Array {
  /// The first index whose element satisfies a condition that holds for a tail of the array. O(log n).
  func partitionPoint(_ holds: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
