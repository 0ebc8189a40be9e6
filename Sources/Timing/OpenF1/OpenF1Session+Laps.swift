/// Laps out of OpenF1's tables.
extension OpenF1Session {
  /// Every car's laps, car by car in the order of their numbers. Lap ends are good to a second or two.
  public func laps() -> [[SessionLap]] {
    let byCar = Dictionary(grouping: rows, by: \.number)
    var cars = byCar.keys.sorted().map { carLaps(byCar[$0] ?? []) }
    if let messages {
      LapDeletions(messages, kind: kind, readsEverything: true).mark(&cars, besides: [])
    }
    return cars
  }

  /// One lap a number: a row that comes again is a newer version of it.
  private func carLaps(_ rows: [OpenF1Lap]) -> [SessionLap] {
    var latest: [Int: OpenF1Lap] = [:]
    for row in rows { latest[row.lap] = row }
    var laps = latest.keys.sorted().compactMap { latest[$0].map(lap) }
    for index in laps.indices where laps[index].end == nil {
      let next = index + 1 < laps.count ? laps[index + 1] : nil
      if let next, next.lap == laps[index].lap + 1 { laps[index].end = next.start }
    }
    joinTyres(&laps)
    joinStops(&laps)
    joinPositions(&laps)
    return laps
  }

  private func lap(_ row: OpenF1Lap) -> SessionLap {
    var lap = SessionLap(number: row.number, lap: row.lap)
    let driver = drivers[row.number]
    (lap.code, lap.team) = (driver?.code ?? "", driver?.team ?? "")
    lap.start = row.startUTC.map { $0 - utcOrigin }
    lap.time = row.time
    lap.end = lap.start.flatMap { start in row.time.map { start + $0 } }
    (lap.sector1, lap.sector2, lap.sector3) = (row.sector1, row.sector2, row.sector3)
    (lap.speedI1, lap.speedI2, lap.speedST) = (row.speedI1, row.speedI2, row.speedST)
    return lap
  }

  /// Stints that end before they begin are dropped; a lap that two claim belongs to the earlier.
  private func joinTyres(_ laps: inout [SessionLap]) {
    guard let number = laps.first?.number else { return }
    let own = stints.filter { $0.number == number && $0.first <= $0.last }.sorted {
      ($0.stint, $0.first) < ($1.stint, $1.first)
    }
    let sets = OpenF1Session.sets(own)
    for index in laps.indices {
      let lap = laps[index].lap
      guard let found = own.firstIndex(where: { $0.first <= lap && lap <= $0.last }) else { continue }
      laps[index].stint = own[found].stint
      laps[index].compound = own[found].compound
      laps[index].tyreLife = own[found].age.map { $0 + lap - own[found].first + 1 }
      laps[index].tyreSet = sets[found]
      laps[index].isFreshTyre = own[found].age.map { $0 == 0 }
    }
  }

  /// Driving through the pit lane makes a stint of its own here: one whose age goes on is the same set.
  private static func sets(_ stints: [OpenF1Stint]) -> [Int] {
    var set = 0
    return stints.indices.map { index in
      let stint = stints[index]
      let before = index > 0 ? stints[index - 1] : nil
      let goesOn = before.map { before in
        guard let age = before.age, let own = stint.age, own > 0 else { return false }
        return before.compound == stint.compound && own == age + stint.first - before.first
      }
      if goesOn != true { set += 1 }
      return set
    }
  }

  private func joinStops(_ laps: inout [SessionLap]) {
    guard let number = laps.first?.number else { return }
    for stop in stops where stop.number == number {
      guard let exit = stop.exitUTC, let index = laps.firstIndex(where: { $0.lap == stop.lap }) else { continue }
      laps[index].pitIn = stop.lane.map { exit - utcOrigin - $0 } ?? laps[index].end
      guard index + 1 < laps.count, laps[index + 1].lap == stop.lap + 1 else { continue }
      laps[index + 1].pitOut = exit - utcOrigin
    }
  }

  private func joinPositions(_ laps: inout [SessionLap]) {
    guard kind.isRaceLike, let number = laps.first?.number else { return }
    let own = positions.filter { $0.number == number }.sorted { $0.utc < $1.utc }
    for index in laps.indices {
      guard let end = laps[index].end else { continue }
      laps[index].position = own.last { $0.utc - utcOrigin <= end }?.place
    }
  }

  /// What is known to go wrong with this source, where it did.
  public var defects: [String] {
    let byCar = Dictionary(grouping: rows, by: \.number)
    var found: [String] = []
    let withoutFirst = byCar.filter { car in !car.value.contains { $0.lap == 1 } }.keys.sorted()
    if !withoutFirst.isEmpty { found.append("lap 1 is missing for \(withoutFirst.count) cars") }
    for (number, rows) in byCar.sorted(by: { $0.key < $1.key }) {
      let laps = Set(rows.map(\.lap))
      let missing = ((laps.min() ?? 1)...(laps.max() ?? 1)).filter { !laps.contains($0) }
      if !missing.isEmpty {
        found.append("car \(number): laps \(missing.map(String.init).joined(separator: ", ")) are missing")
      }
    }
    let backward = stints.count { $0.first > $0.last }
    if backward > 0 { found.append("\(backward) stints end before they begin") }
    let nameless = stints.count { $0.compound == nil }
    if nameless > 0 { found.append("\(nameless) stints have no compound") }
    return found
  }
}
