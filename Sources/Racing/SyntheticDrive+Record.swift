/// The driven race as entrants of a record.
extension SyntheticDrive {
  /// Periods with the leader's laps.
  var neutralisations: [Neutralisation] {
    periods.filter { $0.start < raceEnd }.map { period in
      let end = period.end.flatMap { $0 < raceEnd ? $0 : nil }
      return Neutralisation(
        kind: period.kind, startElapsedMilliseconds: Int64(period.start), endElapsedMilliseconds: end.map { Int64($0) },
        startLap: leaderLap(at: period.start), endLap: end.map { leaderLap(at: $0) })
    }
  }

  /// Everybody, by code ascending.
  var entrants: [Entrant] {
    let changes = statusChanges
    let places = finishingOrder
    return cars.indices.map { entrant($0, place: places[$0], changes: changes) }
  }

  private var raceEnd: Double { cars.filter { $0.lap == truth.laps }.map(\.clock).min() ?? 0 }

  private func leaderLap(at clock: Double) -> Int {
    let done = cars.map { car in (1...car.lap).last { car.time($0) < clock } ?? 0 }.max() ?? 0
    return min(done + 1, truth.laps)
  }

  /// Place by car; nil for those who did not complete nine tenths of the distance.
  private var finishingOrder: [Int?] {
    let order = cars.indices.sorted { (-cars[$0].lap, cars[$0].clock) < (-cars[$1].lap, cars[$1].clock) }
    var places = [Int?](repeating: nil, count: cars.count)
    for (place, car) in order.enumerated() where cars[car].lap * 10 >= truth.laps * 9 { places[car] = place + 1 }
    return places
  }

  private func entrant(_ index: Int, place: Int?, changes: [(time: Double, digit: Character)]) -> Entrant {
    let car = cars[index]
    let (code, name) = SyntheticTruth.drivers[car.driver]
    let team = SyntheticTruth.teams[car.driver / 2]
    guard let code = DriverCode(code) else { preconditionFailure("the made-up codes are three letters") }
    let retired = car.retires.flatMap { car.clock > $0.after && car.lap < truth.laps ? $0.why : nil }
    return Entrant(
      code: code, number: car.driver + 2, name: name, team: team.name, teamColour: team.colour, grid: .slot(car.slot),
      result: Classification(
        position: place, status: retired ?? "Finished", laps: car.lap,
        timeMilliseconds: car.lap == truth.laps ? Int64(car.clock) : nil),
      laps: car.laps.map { finished($0, of: car, changes: changes) }, pitStops: car.stops,
      penalties: car.penalty.map { penalty in car.stops.contains { $0.lap > penalty.lap } ? [penalty] : [] } ?? [])
  }

  /// The lap with its track status and its place at the line.
  private func finished(_ lap: Lap, of car: SyntheticCar, changes: [(time: Double, digit: Character)]) -> Lap {
    var lap = lap
    let start = car.time(lap.number - 1)
    let end = car.time(lap.number)
    var status = String(changes.last { $0.time <= start }?.digit ?? "1")
    for change in changes where change.time > start && change.time <= end && !status.contains(change.digit) {
      status.append(change.digit)
    }
    lap.trackStatus = status
    lap.position = 1 + cars.count { $0.lap >= lap.number && $0.time(lap.number) < end }
    return lap
  }
}
