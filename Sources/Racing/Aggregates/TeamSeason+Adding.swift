extension TeamSeason {
  /// Weight of the average team, in races.
  private static let priorRaces: Int64 = 3
  /// So many races give an interval.
  public static let racesForInterval = 5
  private static let redraws = 1000

  /// Adds up races, team by team, in the order of their names.
  ///
  /// - Complexity: O(teams × redraws × races).
  public static func seasons(of races: [RaceDigest]) -> [TeamSeason] {
    let entries = races.sorted { $0.key < $1.key }.flatMap { race in
      Dictionary(grouping: race.drivers.filter { $0.refusal == nil }, by: \.team).map { team, cars in
        TeamRace(team: team, key: race.key, cars: cars)
      }
    }
    let averages = Averages(entries)
    return Dictionary(grouping: entries, by: \.team).sorted { $0.key < $1.key }.map { team, entries in
      TeamSeason(team, entries.sorted { $0.key < $1.key }, averages)
    }
  }

  private init(_ team: String, _ races: [TeamRace], _ averages: Averages) {
    let cars = races.flatMap(\.cars)
    func figure(_ average: Int64, _ value: (RaceDigest.Driver) -> Int64) -> Figure {
      Self.figure(races.map { $0.mean(value) }, average: average, seed: team)
    }
    self.team = team
    drivers = Set(cars.map(\.code)).sorted()
    self.races = races.count
    causes = AutopsyCause.allCases.map { cause in
      figure(averages.causes[cause.rawValue]) { $0.costs[cause.rawValue].milliseconds }
    }
    residual = figure(averages.residual, \.residual)
    decision = figure(averages.decision, \.decision)
    luck = figure(averages.luck, \.luck)
    let lanes = cars.flatMap(\.stops)
    stops = lanes.count
    crew = median(lanes).flatMap { middle in quantile(0.9, lanes).map { CrewTimes(median: middle, slow: $0) } }
    calls = cars.compactMap(\.calls).reduce(into: RaceDigest.Calls()) { sum, calls in
      sum.inWindow += calls.inWindow
      sum.early += calls.early
      sum.late += calls.late
    }
    let regrets = cars.compactMap(\.safetyCarRegret)
    safetyCarRegret = regrets.isEmpty ? nil : floorDiv(regrets.reduce(0, +), Int64(regrets.count))
    pointsLost = AutopsyCause.allCases.map { cause in
      cars.reduce(0) { $0 + ($1.costs[cause.rawValue].lost?.points ?? 0) }
    }
    trend = races.map { race in
      RaceFigure(
        race: race.key,
        costs: AutopsyCause.allCases.map { cause in race.mean { $0.costs[cause.rawValue].milliseconds } })
    }
  }

  /// The mean drawn towards the average team, with the spread of means of races drawn again.
  private static func figure(_ values: [Int64], average: Int64, seed: String) -> Figure {
    func shrunk(_ sum: Int64) -> Int64 {
      floorDiv(sum + priorRaces * average, Int64(values.count) + priorRaces)
    }
    let sum = values.reduce(0, +)
    var interval: ClosedRange<Int64>?
    if values.count >= racesForInterval {
      var draw = SplitMix(seed: seed.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 })
      let means = (0..<redraws).map { _ in
        shrunk(values.indices.reduce(Int64(0)) { sum, _ in sum + values[draw.integer(in: 0...values.count - 1)] })
      }
      if let low = quantile(0.05, means), let high = quantile(0.95, means) { interval = low...high }
    }
    return Figure(
      plain: values.isEmpty ? 0 : floorDiv(sum, Int64(values.count)), mean: shrunk(sum), interval: interval,
      races: values.count)
  }
}

/// A team's cars in one race.
private struct TeamRace {
  let team: String
  let key: RaceKey
  let cars: [RaceDigest.Driver]

  func mean(_ value: (RaceDigest.Driver) -> Int64) -> Int64 {
    floorDiv(cars.reduce(0) { $0 + value($1) }, Int64(cars.count))
  }
}

/// What the average team loses in a race.
private struct Averages {
  let causes: [Int64]
  let residual: Int64
  let decision: Int64
  let luck: Int64

  init(_ races: [TeamRace]) {
    func mean(_ value: (RaceDigest.Driver) -> Int64) -> Int64 {
      races.isEmpty ? 0 : floorDiv(races.reduce(0) { $0 + $1.mean(value) }, Int64(races.count))
    }
    causes = AutopsyCause.allCases.map { cause in mean { $0.costs[cause.rawValue].milliseconds } }
    residual = mean(\.residual)
    decision = mean(\.decision)
    luck = mean(\.luck)
  }
}
