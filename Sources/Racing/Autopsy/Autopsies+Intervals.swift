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
    let drawn = try await draws(of: indices, replicates: replicates, progress: progress)
    var place = 0
    return points.map { point in
      point.map { autopsy in
        defer { place += 1 }
        return ground.concluded(autopsy, replicates: drawn.map { $0[place] }, driver: indices[place])
      }
    }
  }

  private func point(of code: DriverCode) -> Result<Autopsy, AutopsyRefusal> {
    do throws(AutopsyRefusal) { return .success(try autopsy(of: code)) } catch { return .failure(error) }
  }

  /// Figures by replicate, then by driver; nil where a replicate had none.
  private func draws(
    of indices: [Int], replicates: Int, progress: @escaping @Sendable (Int) -> Void
  ) async throws -> [[Replicate?]] {
    guard replicates > 0, !indices.isEmpty else { return [] }
    let workers = min(replicates, Self.workerCount)
    return try await withThrowingTaskGroup(of: (Int, [Replicate?]).self) { group in
      var drawn = [[Replicate?]](repeating: [], count: replicates)
      var next = 0
      var done = 0
      func add() {
        guard next < replicates else { return }
        let number = next + 1
        next += 1
        group.addTask { (number, try ground.replicate(number, of: indices)) }
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
}

extension AutopsyGround {
  /// Refits the race with the replicate's weights and adds up the drivers again; start and crew stay as they are.
  func replicate(_ number: Int, of indices: [Int]) throws(ModelError) -> [Replicate?] {
    let bootstrap = Bootstrap(model, replicate: number)
    let refitted = try model.refitted(external: bootstrap.external(model))
    let ground = AutopsyGround(model: refitted, cars: cars, start: start, outShift: bootstrap.outShift)
    var search = OptimumSearch()
    return indices.map { index in
      do throws(AutopsyRefusal) {
        let (runs, figures, _) = try ground.figures(driver: index, search: &search)
        return Replicate(figures: figures, teamPace: ground.teamPace(runs))
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
    func interval(_ value: (Replicate) -> Int64) -> Autopsy.Interval? {
      let values = drawn.map(value)
      guard let low = quantile(0.05, values), let high = quantile(0.95, values), let middle = median(values) else {
        return nil
      }
      return Autopsy.Interval(low: low, high: high, median: middle)
    }
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
