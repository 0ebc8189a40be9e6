@_spi(Measurement) import Racing

/// How well the lap-time model tells laps that it was not shown, over a list of races, beside three simple predictors of
/// the same laps.
struct HeldOutStints: Sendable {
  /// Errors in seconds: observed less forecast.
  struct Errors: Sendable {
    private(set) var values: [Double] = []

    var count: Int { values.count }
    var meanAbsolute: Double { values.reduce(0) { $0 + abs($1) } / Double(max(1, count)) }
    var rootMeanSquare: Double { (values.reduce(0) { $0 + $1 * $1 } / Double(max(1, count))).squareRoot() }
    var medianAbsolute: Double { count == 0 ? 0 : values.map { abs($0) }.sorted()[count / 2] }

    mutating func add(_ errors: [Double]) { values += errors }
  }

  /// Whole stints held out.
  private(set) var stints = Errors()
  /// Even laps from the odd ones.
  private(set) var evenLaps = Errors()
  /// The same stints by the driver's mean.
  private(set) var driverMean = Errors()
  /// The same stints by the driver's mean and a trend.
  private(set) var driverTrend = Errors()
  /// The same stints by least squares without an effect of the lap.
  private(set) var withoutLapEffect = Errors()
  /// Races without a model, with the reason.
  private(set) var refused: [String] = []

  /// Measures every race: five fits each, about 20 ms.
  init(_ records: [RaceRecord]) {
    for record in records { add(record) }
  }

  /// Takes over another list's errors.
  mutating func add(_ other: HeldOutStints) {
    stints.add(other.stints.values)
    evenLaps.add(other.evenLaps.values)
    driverMean.add(other.driverMean.values)
    driverTrend.add(other.driverTrend.values)
    withoutLapEffect.add(other.withoutLapEffect.values)
    refused += other.refused
  }

  private mutating func add(_ record: RaceRecord) {
    do {
      let race = try HeldOutLaps(record)
      stints.add(race.stints)
      evenLaps.add(race.evenLaps)
      driverMean.add(race.driverMean)
      driverTrend.add(race.driverTrend)
      withoutLapEffect.add(race.withoutLapEffect)
    } catch {
      refused.append("\(record.key): \(error)")
    }
  }
}
