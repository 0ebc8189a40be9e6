public import Racing

/// What everybody's play together says was optimal, with how sure that is.
public struct OptimalStrategy: Sendable, Equatable {
  /// One stop of plans with as many stops as most.
  public struct Stop: Sendable, Equatable {
    /// From 1.
    public var number: Int
    /// When.
    public var window: PitWindow
    /// What to fit, by compound; those with any chance.
    public var tyres: [Tyre]
    /// The compound that stands out; nil when none does.
    public var recommended: Compound?
    /// Percent that no other compound is more popular; of the most popular one.
    public var tyreConfidence: Int
    /// What an undercut at the window's centre wins, ms.
    public var undercut: Int64?
    /// Density of the stop by lap from 0, crowd and prior together, millionths.
    public var density: [Int64]
    /// The model's prior by lap from 0, millionths.
    public var prior: [Int64]
  }

  /// How popular a compound is.
  public struct Tyre: Sendable, Equatable {
    /// The compound.
    public var compound: Compound
    /// Expected share, millionths.
    public var share: Int64
    /// 90 % interval of the share, millionths.
    public var interval: ClosedRange<Int64>
  }

  /// Chance of each number of stops 0...4, millionths.
  public var stopShares: [Int64]
  /// The most likely number of stops of at least one.
  public var stopCount: Int
  /// Its stops in order.
  public var stops: [Stop]
  /// Percent: the smaller confidence of the windows shown; nil when the model alone speaks.
  public var confidence: Int?
  /// Users with runs that count.
  public var users: Int64
  /// Runs of any kind that reached the flag.
  public var simulations: Int64
  /// Runs that count.
  public var accepted: Int64
  /// Runs that count with as many stops.
  public var sampleSize: Int64
  /// Users that the numbers of stops amount to.
  public var effectiveUsers: Double
  /// `model prior, 0 users` as long as nobody's run counts; nil afterwards.
  public var coldStartLabel: String?
}

extension CrowdStatistics {
  /// The answer to "when should one have stopped, and for what".
  ///
  /// - Complexity: O(laps²) a stop.
  public func optimalStrategy(_ reference: CrowdReference) -> OptimalStrategy {
    let effective = sums.planTotals.effectiveUsers
    let shares = sums.planShares
    let chances = shares.map { (1 + effective * $0) / (5 + effective) }
    let stopCount = chances.firstIndexOfLargest(from: 1)
    let stops = (1...stopCount).compactMap { number in
      StopSlot(stopCount: stopCount, stop: number).map { stop($0, reference) }
    }
    let confidences = stops.compactMap(\.window.confidence)
    return OptimalStrategy(
      stopShares: chances.map { millionths($0) }, stopCount: stopCount, stops: stops,
      confidence: confidences.count == stops.count ? confidences.min() : nil, users: sums.users,
      simulations: finishedRuns, accepted: acceptedRuns, sampleSize: sums.acceptedRuns[stopCount],
      effectiveUsers: effective, coldStartLabel: sums.users == 0 ? "model prior, 0 users" : nil)
  }

  /// The window of one stop.
  public func window(of slot: StopSlot, _ reference: CrowdReference) -> PitWindow {
    window(of: slot, reference, density(of: slot, reference))
  }

  /// Where the stop lies, crowd and prior together.
  func density(of slot: StopSlot, _ reference: CrowdReference) -> StopDensity {
    StopDensity(
      crowd: sums.laps(of: slot), effectiveUsers: sums.totals(of: slot).effectiveUsers,
      prior: reference.prior(of: slot), lapCount: reference.lapCount)
  }

  private func window(of slot: StopSlot, _ reference: CrowdReference, _ density: StopDensity) -> PitWindow {
    let totals = sums.totals(of: slot)
    let effective = totals.effectiveUsers
    let (main, other) = density.windows
    return PitWindow(
      laps: main, isSplit: other != nil, otherLaps: other,
      confidence: confidence(of: main, slot, effective, reference.lapCount), effectiveUsers: effective,
      users: totals.users)
  }

  private func confidence(
    of window: ClosedRange<Int>, _ slot: StopSlot, _ effective: Double, _ lapCount: Int
  ) -> Int? {
    let laps = sums.laps(of: slot)
    let support = PitWindowSupport(lapCount: lapCount).laps
    func sum(_ range: ClosedRange<Int>) -> Int64 {
      range.reduce(0) { $0 + ($1 < laps.count ? laps[laps.startIndex + $1] : 0) }
    }
    let all = sum(support)
    guard all > 0 else { return nil }
    let inside = effective * Double(sum(window)) / Double(all)
    let beta = BetaDistribution(alpha: 0.5 + inside, beta: 0.5 + max(0, effective - inside))
    return Int((100 * beta.quantile(0.05)).rounded(.down))
  }
}

extension CrowdStatistics {
  private func stop(_ slot: StopSlot, _ reference: CrowdReference) -> OptimalStrategy.Stop {
    let density = density(of: slot, reference)
    let window = window(of: slot, reference, density)
    let tyres = tyreCounts(of: slot, reference)
    let best = tyres.firstIndexOfLargest(from: 0)
    let chance = tyres.indices.reduce(1.0) { chance, other in
      guard other != best else { return chance }
      // The chance that another share is the larger one: of two gamma variates the ratio to their sum is Beta.
      return chance - BetaDistribution(alpha: tyres[best], beta: tyres[other]).cumulative(0.5)
    }
    return OptimalStrategy.Stop(
      number: slot.stop, window: window, tyres: posterior(tyres),
      recommended: chance >= 0.8 ? Compound(rawValue: UInt8(best)) : nil,
      tyreConfidence: Int((100 * max(0, chance)).rounded(.down)), undercut: undercut(at: window.centre, reference),
      density: density.density.map { millionths($0) }, prior: reference.prior(of: slot).map { millionths($0) })
  }

  /// Dirichlet parameters by compound: one each, two for the model's optimal plans, and the crowd's.
  private func tyreCounts(of slot: StopSlot, _ reference: CrowdReference) -> [Double] {
    let crowd = sums.tyres(of: slot)
    let all = crowd.reduce(0, +)
    let effective = sums.totals(of: slot).effectiveUsers
    return crowd.indices.map { compound in
      let share = all > 0 ? Double(crowd[compound]) / Double(all) : 0
      let modelShare = Double(reference.slots[slot.index].tyreShares[compound]) / 1_000_000
      return 1 + 2 * modelShare + effective * share
    }
  }

  private func posterior(_ counts: [Double]) -> [OptimalStrategy.Tyre] {
    let all = counts.reduce(0, +)
    return Compound.allCases.map { compound in
      let count = counts[Int(compound.rawValue)]
      let beta = BetaDistribution(alpha: count, beta: all - count)
      return OptimalStrategy.Tyre(
        compound: compound, share: millionths(beta.mean),
        interval: millionths(beta.quantile(0.05))...millionths(beta.quantile(0.95)))
    }
  }

  /// Posterior mean of what an undercut wins; nil when neither model nor crowd says anything.
  private func undercut(at lap: Int, _ reference: CrowdReference) -> Int64? {
    let totals = sums.undercutTotals
    let model = lap < reference.undercuts.count ? reference.undercuts[lap] : nil
    guard totals.total > 0 else { return model }
    let effective = totals.effectiveUsers
    let mean = Double(sums.gain) / Double(totals.total)
    guard let model else { return Int64(mean.rounded(.toNearestOrAwayFromZero)) }
    let posterior = (5 * Double(model) + effective * mean) / (5 + effective)
    return Int64(posterior.rounded(.toNearestOrAwayFromZero))
  }
}

extension CrowdSums {
  /// Share of each number of stops; all 0 when nobody has played.
  var planShares: [Double] {
    let all = plans.reduce(0, +)
    return plans.map { all > 0 ? Double($0) / Double(all) : 0 }
  }
}

extension [Double] {
  /// The index of the largest number from an index on; the first of several.
  fileprivate func firstIndexOfLargest(from start: Int) -> Int {
    var best = start
    for index in start..<count where self[index] > self[best] { best = index }
    return best
  }
}

private func millionths(_ share: Double) -> Int64 { Int64((1_000_000 * share).rounded(.toNearestOrAwayFromZero)) }
