/// Where an autopsy puts a loss that was put in. Milliseconds.
@_spi(Measurement) public struct InjectionCheck: Sendable {
  /// The driver.
  public let driver: DriverCode
  /// The costs with the loss, less those without.
  public let change: AutopsyCosts
  /// What of the change of incidents is knock-on traffic.
  public let knockOn: Int64
  /// The change of the whole loss.
  public let totalChange: Int64
  /// What was put in.
  public let truth: Int64
  /// The race was neutralised on one of the driver's laps.
  public let wasNeutralised: Bool
  /// Nine in ten paired replicates of the change of the cause that should hold the loss; nil without replicates.
  public let interval: Autopsy.Interval?
  /// The same cause's own interval with the loss contains the cost without it plus the truth; nil without replicates.
  public let isCovered: Bool?

  /// Takes the race apart twice.
  ///
  /// - Returns: nil when the driver has no autopsy, or no lap or stop for the loss.
  public init?(
    _ record: RaceRecord, place: Int, injection: Injection, replicates: Int = 0, constants: ModelConstants = .shipped
  ) throws {
    let model = try RaceModel(record, constants: constants)
    guard let index = model.data.drivers.firstIndex(where: { $0.entrant.result.position == place }),
      let data = model.data.injected(injection, driver: index)
    else { return nil }
    let before = Autopsies(model)
    let cars = before.ground.cars
    let changed = try RaceModel(record, data: data, constants: constants)
    let after = AutopsyGround(model: changed, cars: changed.cars, start: before.ground.start)
    var search = OptimumSearch()
    guard let first = try? before.ground.figures(driver: index, search: &search),
      let second = try? after.figures(driver: index, search: &search)
    else { return nil }
    driver = cars[index].code
    change = second.figures.costs - first.figures.costs
    knockOn = second.figures.incident.knockOn - first.figures.incident.knockOn
    totalChange = second.figures.totalLoss - first.figures.totalLoss
    truth = Self.truth(injection, laps: first.runs.countedLaps.count)
    wasNeutralised = first.runs.kinds.dropFirst().contains(where: \.isNeutralised)
    let cause = Self.cause(injection)
    guard replicates > 0 else {
      interval = nil
      isCovered = nil
      return
    }
    var differences: [Int64] = []
    var levels: [Int64] = []
    for number in 1...replicates {
      guard let plain = try before.ground.replicate(number, of: [index])[0],
        let loaded = try after.replicate(number, of: [index])[0]
      else { continue }
      differences.append(loaded.figures.costs[cause] - plain.figures.costs[cause])
      levels.append(loaded.figures.costs[cause])
    }
    let expected = first.figures.costs[cause] + truth
    interval = Self.interval(differences)
    isCovered = Self.interval(levels).map { ($0.low...$0.high).contains(expected) }
  }

  private static func truth(_ injection: Injection, laps: Int) -> Int64 {
    switch injection {
    case .slowStop(let loss), .oddLap(let loss): loss
    case .slowCar(let loss): loss * Int64(laps)
    }
  }

  /// The cause that should hold the loss.
  public static func cause(_ injection: Injection) -> AutopsyCause {
    switch injection {
    case .slowStop: .pit
    case .oddLap: .incident
    case .slowCar: .car
    }
  }

  private static func interval(_ values: [Int64]) -> Autopsy.Interval? {
    guard let low = quantile(0.05, values), let high = quantile(0.95, values), let middle = median(values) else {
      return nil
    }
    return Autopsy.Interval(low: low, high: high, median: middle)
  }
}
