extension RaceDigest {
  /// Takes every driver of a race apart and keeps the figures.
  ///
  /// - Parameters:
  ///   - race: The fitted race.
  ///   - replicates: Refits for the intervals; 0 for none.
  ///   - progress: Called with the refits done, from any thread.
  /// - Throws: `CancellationError` when the task was cancelled.
  /// - Complexity: all autopsies of the race, and one search of the rest of the race for each stop and lap; about a
  ///   second without refits.
  public init(
    of race: Autopsies, replicates: Int, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws {
    let results = try await race.autopsies(replicates: replicates, progress: progress)
    let finishers = FinishTimes(race.model.cars, season: race.model.record.key.season)
    var drivers: [Driver] = []
    for (index, result) in results.enumerated() {
      try Task.checkCancellation()
      drivers.append(Self.driver(result, at: index, in: race, finishers))
    }
    self.init(
      key: race.model.record.key, recordDigest: race.model.record.digest,
      modelVersion: race.model.constants.version, isWet: race.isWet, replicates: replicates, drivers: drivers)
  }

  private static func driver(
    _ result: Result<Autopsy, AutopsyRefusal>, at index: Int, in race: Autopsies, _ finishers: FinishTimes
  ) -> Driver {
    let entrant = race.model.data.drivers[index].entrant
    var driver = Driver(code: entrant.code, team: entrant.team)
    switch result {
    case .failure(let refusal): driver.refusal = refusal.code
    case .success(let autopsy): driver.take(autopsy, finishers)
    }
    if let world = race.ground.world(driver: index) { driver.judge(world) }
    return driver
  }
}

extension RaceDigest.Driver {
  fileprivate mutating func take(_ autopsy: Autopsy, _ finishers: FinishTimes) {
    totalLoss = autopsy.totalLoss
    residual = autopsy.costs.residual
    costs = AutopsyCause.allCases.map { cause in
      let interval = autopsy.intervals?[cause]
      return RaceDigest.Cost(
        milliseconds: autopsy.costs[cause], interval: interval.map { min($0.low, $0.high)...max($0.low, $0.high) },
        lost: finishers.lost(by: code, to: autopsy.costs[cause]))
    }
    decision = autopsy.strategy.decision
    luck = autopsy.incident.luck
    stops = autopsy.stops.filter { !$0.isAssumed }.map { $0.crew - autopsy.laneBest }
    teamPace = autopsy.lapCount > 0 ? autopsy.teamPace / Int64(autopsy.lapCount) : 0
  }

  /// Sets the real calls against what the model would have called from the same states.
  fileprivate mutating func judge(_ world: SimulationWorld) {
    guard let run = try? Simulation.played(world.realPlan, in: world) else { return }
    var calls = RaceDigest.Calls()
    for (stop, window) in zip(run.plan.stops, run.stopWindows()) {
      guard let first = window.laps.first, let last = window.laps.last else { continue }
      switch stop.lap {
      case ..<first: calls.early += 1
      case (last + 1)...: calls.late += 1
      default: calls.inWindow += 1
      }
    }
    self.calls = calls
    if world.hasNeutralisation { safetyCarRegret = run.charged.reduce(0) { $0 + $1.charges.safetyCar } }
  }
}

/// The real finish times of the cars on the lead lap.
struct FinishTimes {
  private let times: [(code: DriverCode, elapsed: Int64)]
  private let season: Int16

  init(_ cars: [RaceArtefact.Car], season: Int16) {
    let last = cars.map(\.lastLap).max() ?? 0
    times = cars.filter { $0.position != nil && $0.lastLap == last && $0.elapsed[last] >= 0 }
      .map { ($0.code, $0.elapsed[last]) }
    self.season = season
  }

  /// What a cost took from a driver; nil for a driver who is not among them.
  func lost(by code: DriverCode, to cost: Int64) -> PlacesLost? {
    guard let own = times.first(where: { $0.code == code })?.elapsed else { return nil }
    let real = place(own, without: code)
    let spared = place(own - max(0, cost), without: code)
    return PlacesLost(
      places: real - spared, points: Points.of(place: spared, season: season) - Points.of(place: real, season: season))
  }

  private func place(_ elapsed: Int64, without code: DriverCode) -> Int {
    1 + times.count { $0.code != code && $0.elapsed < elapsed }
  }
}

/// Championship points for a Grand Prix, without those for the fastest lap and for sprints.
enum Points {
  private static let since2010 = [25, 18, 15, 12, 10, 8, 6, 4, 2, 1]
  private static let since2003 = [10, 8, 6, 5, 4, 3, 2, 1]
  private static let since1991 = [10, 6, 4, 3, 2, 1]

  /// What a place was worth in a season.
  static func of(place: Int, season: Int16) -> Int {
    let table =
      switch season {
      case 2010...: since2010
      case 2003...: since2003
      default: since1991
      }
    return table.indices.contains(place - 1) ? table[place - 1] : 0
  }
}
