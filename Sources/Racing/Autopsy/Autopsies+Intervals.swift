extension Autopsies {
  /// How many replicates give published intervals.
  public static let usualReplicates = 200

  /// The autopsies of drivers with intervals, blame and verdict. Deterministic, whatever the number of cores.
  ///
  /// - Parameters:
  ///   - codes: Whose; nil for everybody.
  ///   - replicates: Refits to draw; intervals are reproducible for one number only.
  ///   - progress: Called with the replicates done, from any thread.
  /// - Returns: By driver in the order asked: the autopsy or why there is none.
  /// - Throws: `CancellationError` when the task was cancelled.
  /// - Complexity: one refit and a few milliseconds a driver for every replicate, on all cores.
  public func autopsies(
    of codes: [DriverCode]? = nil, replicates: Int = usualReplicates,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws -> [Result<Autopsy, AutopsyRefusal>] {
    var points: [Result<Autopsy, AutopsyRefusal>] = []
    for code in codes ?? drivers { points.append(point(of: code)) }
    let indices = points.compactMap { try? $0.get() }.compactMap { autopsy in drivers.firstIndex(of: autopsy.driver) }
    let drawn = try await draws(indices.isEmpty ? 0 : replicates, progress: progress) { number throws(ModelError) in
      try ground.replicate(number, of: indices)
    }
    var place = 0
    return points.map { point in
      point.map { autopsy in
        defer { place += 1 }
        return ground.concluded(autopsy, replicates: drawn.map { $0[place] }, driver: indices[place])
      }
    }
  }

  /// A driver's autopsy and intervals of other plans, both from the same refits. Deterministic.
  ///
  /// - Parameter alternatives: the other plans, as ``alternatives(of:)`` gives them.
  /// - Returns: the autopsy and the plans with their intervals, or why there is no autopsy.
  /// - Throws: `CancellationError` when the task was cancelled.
  /// - Complexity: one refit and some milliseconds for every replicate, on all cores.
  public func findings(
    of code: DriverCode, with alternatives: [AlternativePlan], replicates: Int = usualReplicates
  ) async throws -> Result<(autopsy: Autopsy, alternatives: [AlternativePlan]), AutopsyRefusal> {
    let point: Autopsy
    let index: Int
    do throws(AutopsyRefusal) {
      point = try autopsy(of: code)
      index = try self.index(of: code)
    } catch { return .failure(error) }
    var alternatives = alternatives
    let plans = alternatives.map(\.plan)
    let drawn = try await draws(replicates) { number throws(ModelError) in
      try ground.replicate(number, of: [index], plans: plans)
    }
    let own = drawn.map { $0[0] }
    let deltas = own.compactMap { $0?.deltas }.filter { $0.count == plans.count }
    for place in alternatives.indices { alternatives[place].interval = Autopsy.Interval(deltas.map { $0[place] }) }
    return .success((ground.concluded(point, replicates: own, driver: index), alternatives))
  }

  private func point(of code: DriverCode) -> Result<Autopsy, AutopsyRefusal> {
    do throws(AutopsyRefusal) { return .success(try autopsy(of: code)) } catch { return .failure(error) }
  }

  /// Figures by replicate, then by driver; nil where a replicate had none.
  private func draws(
    _ replicates: Int, progress: @escaping @Sendable (Int) -> Void = { _ in },
    _ draw: @escaping @Sendable (Int) throws(ModelError) -> [Replicate?]
  ) async throws -> [[Replicate?]] {
    guard replicates > 0 else { return [] }
    let workers = min(replicates, Self.workerCount)
    return try await withThrowingTaskGroup(of: (Int, [Replicate?]).self) { group in
      var drawn = [[Replicate?]](repeating: [], count: replicates)
      var next = 0
      var done = 0
      func add() {
        guard next < replicates else { return }
        let number = next + 1
        next += 1
        group.addTask { (number, try draw(number)) }
      }
      for _ in 0..<workers { add() }
      while let (number, figures) = try await group.next() {
        try Task.checkCancellation()
        drawn[number - 1] = figures
        done += 1
        progress(done)
        add()
      }
      return drawn
    }
  }

  private static let workerCount = 8
}

/// One driver's figures in one replicate.
struct Replicate: Sendable, Equatable {
  var figures: AutopsyFigures
  var teamPace: Int64
  /// Of the plans asked for, each less the real one, ms.
  var deltas: [Int64] = []
}

extension AutopsyGround {
  /// Refits the race with the replicate's weights and adds up the drivers again; start and crew stay as they are.
  /// - Parameter plans: what else is driven, with each of the drivers' cars.
  func replicate(_ number: Int, of indices: [Int], plans: [Plan] = []) throws(ModelError) -> [Replicate?] {
    let bootstrap = Bootstrap(model, replicate: number)
    let refitted = try model.refitted(external: bootstrap.external(model))
    let ground = AutopsyGround(model: refitted, cars: cars, start: start, outShift: bootstrap.outShift)
    var search = OptimumSearch()
    return indices.map { index in
      do throws(AutopsyRefusal) {
        let (runs, figures, _) = try ground.figures(driver: index, search: &search)
        return Replicate(
          figures: figures, teamPace: ground.teamPace(runs), deltas: ground.deltas(of: plans, driver: index))
      } catch {
        return nil
      }
    }
  }

  /// Adds intervals, blame and verdict.
  func concluded(_ autopsy: Autopsy, replicates: [Replicate?], driver: Int) -> Autopsy {
    let drawn = replicates.compactMap(\.self)
    guard let intervals = Autopsy.Intervals(drawn) else { return autopsy }
    var concluded = autopsy
    concluded.intervals = intervals
    concluded.draws = replicates.map { $0?.figures.costs }
    concluded.blame = BlameShares(autopsy.costs, total: intervals.total, rules: model.constants.autopsy)
    concluded.verdict =
      Verdict(
        autopsy: autopsy, intervals: intervals, shares: concluded.blame, rules: model.constants.autopsy,
        call: worstCall(driver: driver)
      ).text
    return concluded
  }
}

extension Autopsy.Intervals {
  /// Quantiles of the replicates; nil when there are none.
  init?(_ drawn: [Replicate]) {
    func interval(_ value: (Replicate) -> Int64) -> Autopsy.Interval? { Autopsy.Interval(drawn.map(value)) }
    guard let residual = interval({ $0.figures.costs.residual }), let total = interval({ $0.figures.totalLoss }),
      let driverPace = interval({ $0.figures.costs.car - $0.teamPace })
    else { return nil }
    replicates = drawn.count
    causes = AutopsyCause.allCases.compactMap { cause in interval { $0.figures.costs[cause] } }
    self.residual = residual
    self.total = total
    self.driverPace = driverPace
  }
}

extension Autopsy.Interval {
  /// The middle nine tenths of values; nil when there are none.
  init?(_ values: [Int64]) {
    guard let low = quantile(0.05, values), let high = quantile(0.95, values),
      let middle = quantile(0.5, values)
    else {
      return nil
    }
    self.init(low: low, high: high, median: middle)
  }
}
