/// What one driver lost more than another, cause by cause, each over the laps he drove. Milliseconds.
public struct AutopsyComparison: Sendable, Equatable {
  /// The driver …
  public let driver: DriverCode
  /// … and whom he is compared with.
  public let reference: DriverCode
  /// The driver's costs less the reference's.
  public let costs: AutopsyCosts
  /// The driver's whole loss less the reference's.
  public let totalLoss: Int64
  /// Nine in ten paired replicates by cause, in the order of `AutopsyCause`; empty without replicates. Both drivers come
  /// from the same refits, so what they share cancels.
  public let intervals: [Autopsy.Interval]

  /// Compares two autopsies of one race.
  public init(_ autopsy: Autopsy, with reference: Autopsy) {
    driver = autopsy.driver
    self.reference = reference.driver
    costs = autopsy.costs - reference.costs
    totalLoss = autopsy.totalLoss - reference.totalLoss
    let pairs = zip(autopsy.draws, reference.draws).compactMap { left, right in
      left.flatMap { left in right.map { left - $0 } }
    }
    intervals = AutopsyCause.allCases.compactMap { cause in
      let values = pairs.map { $0[cause] }
      guard let low = quantile(0.05, values), let high = quantile(0.95, values), let middle = median(values) else {
        return nil
      }
      return Autopsy.Interval(low: low, high: high, median: middle)
    }
  }
}

extension AutopsyCosts {
  static func - (left: Self, right: Self) -> Self {
    Self(
      qualifying: left.qualifying - right.qualifying, tyre: left.tyre - right.tyre, pit: left.pit - right.pit,
      strategy: left.strategy - right.strategy, car: left.car - right.car, incident: left.incident - right.incident,
      residual: left.residual - right.residual)
  }
}
