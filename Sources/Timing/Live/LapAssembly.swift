/// Joins the laps of all cars with tyres, track status, messages and one another.
struct LapAssembly {
  let tables: SessionTables
  let corrections: LapCorrections

  /// Every car's laps: the cars in the order first named, those that never left the grid last.
  static func laps(_ tables: SessionTables, _ corrections: LapCorrections) -> [[SessionLap]] {
    let assembly = LapAssembly(tables: tables, corrections: corrections)
    var cars = tables.cars.map { assembly.drivenLaps($0) }.filter { !$0.isEmpty }
    cars += assembly.carsLeftOnTheGrid(cars)
    if tables.kind.isRaceLike { LapAssembly.rank(&cars) }
    var accepted: Set<LapDeletions.Key> = []
    for index in cars.indices {
      assembly.setTrackStatus(&cars[index])
      LapAssembly.carrySpeeds(&cars[index])
      accepted.formUnion(assembly.acceptSectorSums(&cars[index]))
      assembly.judge(&cars[index])
      assembly.setFirstLapTime(&cars[index])
      if let generated = assembly.lapOfStoppedCar(cars[index]) { cars[index].append(generated) }
      assembly.name(&cars[index])
    }
    if let messages = tables.messages {
      let readsEverything = corrections.contains(.deletions)
      LapDeletions(messages, kind: tables.kind, readsEverything: readsEverything)
        .mark(&cars, besides: readsEverything ? [] : accepted)
    }
    return cars
  }

  private func drivenLaps(_ car: CarLaps) -> [SessionLap] {
    guard !car.laps.isEmpty else { return [] }
    var laps = car.laps.map { SessionLap($0, number: car.number) }
    setStarts(&laps)
    joinTyres(&laps, car.number)
    return laps
  }

  /// M1, M3 to M5.
  private func setStarts(_ laps: inout [SessionLap]) {
    let start = tables.start
    if laps[0].lap == 1, let pitOut = laps[0].pitOut, let start, pitOut < start { laps[0].pitOut = nil }
    for index in laps.indices { laps[index].start = index > 0 ? laps[index - 1].end : nil }
    if tables.kind.isRaceLike, laps[0].lap == 1 { laps[0].start = start }
    for restart in restarts {
      guard let index = laps.firstIndex(where: { $0.pitOut.map { $0 > restart } ?? false }) else { continue }
      if !tables.kind.isRaceLike {
        laps[index].start = nil
      } else if laps[index].time == nil {
        laps[index].start = restart
      }
    }
    for index in laps.indices where laps[index].start == nil { laps[index].start = laps[index].pitOut }
  }

  /// Starts that follow an interruption.
  private var restarts: [Int] {
    var restarts: [Int] = []
    var isAborted = false
    for announcement in tables.statuses {
      if announcement.status == "Aborted" { isAborted = true }
      guard isAborted, announcement.status == "Started" else { continue }
      restarts.append(announcement.time)
      isAborted = false
    }
    return restarts
  }

  /// M2 of cars without laps: in a race one is made up that lasts until anybody ended the first.
  private func carsLeftOnTheGrid(_ cars: [[SessionLap]]) -> [[SessionLap]] {
    guard tables.kind.isRaceLike, let end = cars.joined().compactMap(\.end).min() else { return [] }
    let drove = Set(cars.compactMap(\.first?.number))
    let listed = tables.drivers.isEmpty ? Array(tables.tyres.keys) : Array(tables.drivers.keys)
    return listed.sorted().compactMap { number in
      guard !drove.contains(number), !tables.withdrawn.contains(number), let first = tyreRows(number, []).first else {
        return nil
      }
      var lap = SessionLap(number: number, lap: 1)
      lap.end = end
      lap.start = tables.start
      lap.isGenerated = true
      lap.take(first, tyreLife: first.startLaps.map { $0 + 1 }, tyreSet: 1)
      return [lap]
    }
  }

  private func tyreRows(_ number: Int, _ laps: [SessionLap]) -> [TyreStints.Row] {
    let context = TyreStints.Context(
      isRaceLike: tables.kind.isRaceLike, start: tables.start,
      inLapEnds: laps.compactMap { $0.pitIn == nil ? nil : $0.end }, firstKey: tables.firstSets[number] ?? 0)
    let rows = TyreStints.rows(tables.tyres[number] ?? [], context, corrections)
    return rows.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }

  private func joinTyres(_ laps: inout [SessionLap], _ number: Int) {
    let rows = tyreRows(number, laps)
    guard let first = rows.first else {
      for index in laps.indices { (laps[index].stint, laps[index].compound) = (1, "") }
      return
    }
    let sets = TyreStints.sets(rows)
    var driven: [Int: Int] = [:]
    if let before = tables.joinedLaps[number], tables.firstSets[number] == first.key, let lap = laps.first?.lap {
      // The lap under way when a recording began was driven on the set, but is none of the laps.
      driven[first.key] = max(0, lap - 1 - before)
    }
    for index in laps.indices {
      var found = laps[index].end.flatMap { end in rows.lastIndex { $0.time <= end } }
      if found == nil, corrections.contains(.firstTyres) { found = 0 }
      guard let found else { continue }
      let row = found == 0 ? first : rows[found]
      driven[row.key, default: 0] += 1
      laps[index].take(
        row, tyreLife: row.startLaps.map { $0 + (driven[row.key] ?? 0) }, tyreSet: sets[found])
    }
  }

  /// M7: order over the line. Equal ends keep the order of the lap before.
  private static func rank(_ cars: inout [[SessionLap]]) {
    let driven = cars.indices.flatMap { car in
      cars[car].indices.filter { !cars[car][$0].isGenerated && cars[car][$0].end != nil }.map { (car: car, lap: $0) }
    }
    let byNumber = Dictionary(grouping: driven) { cars[$0.car][$0.lap].lap }
    for number in byNumber.keys.sorted() {
      let order = (byNumber[number] ?? []).sorted { rankKey(cars, $0) < rankKey(cars, $1) }
      for (place, entry) in order.enumerated() { cars[entry.car][entry.lap].position = place + 1 }
    }
  }

  private static func rankKey(_ cars: [[SessionLap]], _ entry: (car: Int, lap: Int)) -> (Int, Int, Int) {
    let lap = cars[entry.car][entry.lap]
    let before = entry.lap > 0 ? cars[entry.car][entry.lap - 1].position : nil
    return (lap.end ?? .max, before ?? .max, lap.number)
  }

  /// M11.
  private func setFirstLapTime(_ laps: inout [SessionLap]) {
    guard tables.kind == .race, let index = laps.firstIndex(where: { $0.lap == 1 && !$0.isGenerated }) else { return }
    if let time = tables.firstLapTimes[laps[index].number] { laps[index].time = time }
  }

  /// M6.
  private func name(_ laps: inout [SessionLap]) {
    guard let number = laps.first?.number, let driver = tables.drivers[number] else { return }
    for index in laps.indices { (laps[index].code, laps[index].team) = (driver.code, driver.team) }
  }
}

extension TyreStints {
  /// The set of each row, from 1: one that says that the tyres were not changed continues the set before.
  static func sets(_ rows: [Row]) -> [Int] {
    var set = 0
    return rows.map { row in
      if set == 0 || row.isUnchanged != true { set += 1 }
      return set
    }
  }
}

extension SessionLap {
  /// The lap as its timing messages tell it.
  init(_ lap: TimedLap, number: Int) {
    self.init(number: number, lap: lap.number)
    end = lap.end
    time = lap.time.known
    (sector1, sector2, sector3) = (lap.sectors.first, lap.sectors.second, lap.sectors.third)
    (sector1End, sector2End, sector3End) = (lap.sectorEnds.first, lap.sectorEnds.second, lap.sectorEnds.third)
    (speedI1, speedI2, speedFL, speedST) = (lap.speedI1, lap.speedI2, lap.speedFL, lap.speedST)
    (pitIn, pitOut) = (lap.pitIn, lap.pitOut)
    isPersonalBest = lap.isPersonalBest
  }

  /// Takes the tyres of a set over.
  fileprivate mutating func take(_ row: TyreStints.Row, tyreLife: Int?, tyreSet: Int) {
    stint = row.key + 1
    compound = row.compound
    isFreshTyre = row.isNew
    self.tyreLife = tyreLife
    self.tyreSet = tyreSet
  }
}
