@_spi(Measurement) import Racing

/// How well the lap-time model predicts laps that it was not shown, beside three simple predictors of the same laps.
///
/// A set of tyres with at least five clean laps, of a driver with at least two such sets, is held out in the fold
/// (set + driver) mod 4. The race is fitted without a fold, and the fold's laps are forecast from the start of each lap
/// and from the other cars.
struct HeldOutStints {
  /// Errors in seconds: observed minus forecast.
  struct Errors {
    private(set) var values: [Double] = []

    var count: Int { values.count }
    var meanAbsolute: Double { values.reduce(0) { $0 + abs($1) } / Double(max(1, count)) }
    var rootMeanSquare: Double { (values.reduce(0) { $0 + $1 * $1 } / Double(max(1, count))).squareRoot() }
    var medianAbsolute: Double { count == 0 ? 0 : values.map { abs($0) }.sorted()[count / 2] }

    mutating func add(_ observed: Double, _ forecast: Double) { values.append(observed - forecast) }
  }

  /// The model, sets held out.
  private(set) var stints = Errors()
  /// The model, fitted to odd laps and asked for the even ones.
  private(set) var evenLaps = Errors()
  /// Mean lap of the driver.
  private(set) var driverMean = Errors()
  /// Driver and one trend over the laps for all.
  private(set) var driverTrend = Errors()
  /// Driver, lap number, compound and its age by plain least squares.
  private(set) var leastSquares = Errors()
  /// A fit and the forecast of a race, in ms.
  private(set) var fitMilliseconds: [Double] = []

  /// Adds a race.
  /// - Throws: `ModelError` when the race cannot be repaired or fitted.
  mutating func add(_ record: RaceRecord) throws {
    let race = try LapForecasts(record)
    for fold in HeldFold.folds(race.laps) where fold.contains(true) {
      let forecast = try timed { try race.forecast(without: fold) }
      let simple = SimplePredictors(race.laps, without: fold)
      for index in fold.indices where fold[index] {
        let lap = race.laps[index]
        stints.add(lap.seconds, forecast[index])
        driverMean.add(lap.seconds, simple.mean(lap))
        driverTrend.add(lap.seconds, simple.trend(lap))
        leastSquares.add(lap.seconds, simple.leastSquares(lap))
      }
    }
    let even = race.laps.map { $0.number % 2 == 0 }
    let forecast = try race.forecast(without: even)
    for index in even.indices where even[index] { evenLaps.add(race.laps[index].seconds, forecast[index]) }
  }

  private mutating func timed(_ work: () throws -> [Double]) rethrows -> [Double] {
    let start = ContinuousClock.now
    let result = try work()
    fitMilliseconds.append(Double((ContinuousClock.now - start) / .nanoseconds(1)) / 1_000_000)
    return result
  }
}

/// Which laps are held out, by fold.
enum HeldFold {
  /// Four markings of the laps.
  static func folds(_ laps: [LapForecasts.Lap]) -> [[Bool]] {
    var sizes: [SetOfTyres: Int] = [:]
    for lap in laps { sizes[SetOfTyres(lap), default: 0] += 1 }
    var sets: [Int: Int] = [:]
    for (set, size) in sizes where size >= 5 { sets[set.driver, default: 0] += 1 }
    return (0..<4).map { fold in
      laps.map { lap in
        sizes[SetOfTyres(lap), default: 0] >= 5 && sets[lap.driver, default: 0] >= 2
          && (lap.stint + lap.driver) % 4 == fold
      }
    }
  }

  private struct SetOfTyres: Hashable {
    let driver: Int
    let stint: Int

    init(_ lap: LapForecasts.Lap) {
      driver = lap.driver
      stint = lap.stint
    }
  }
}
