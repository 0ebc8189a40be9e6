/// The best finish with stops held to given laps, over the tyres, less the best finish of all. Milliseconds.
///
/// What a heatmap of decisions is laid over: it tells where good plans lie, and how flat the optimum is.
public struct PlanSurface: Sendable, Equatable {
  /// One cell.
  public struct Cell: Sendable, Equatable {
    /// The lap of the first stop.
    public var first: Int
    /// The lap of the second stop; nil in a surface of one stop.
    public var second: Int?
    /// Best finish with the stops there less the best of all.
    public var regret: Int64
    /// The tyres of that finish: start, first stop, second stop.
    public var tyres: [Compound]
  }

  /// Stops of the plans, 1 or 2.
  public var stopCount: Int
  /// Cells with a legal finish, by first and second lap.
  public var cells: [Cell]

  /// Drives every legal plan of that many stops in a car's world.
  ///
  /// - Parameter stopCount: 1 or 2.
  /// - Complexity: O(laps^stops × tyres^(stops + 1)) states, each plan a continuation of those before it; some hundred
  ///   milliseconds with two stops.
  public init(of world: SimulationWorld, stopCount: Int) {
    precondition((1...2).contains(stopCount), "a surface has one or two stops")
    self.stopCount = stopCount
    let best = world.optimumOverStarts() ?? world.optimum(from: world.realState(atEndOf: 1))
    var found = Found(stopCount: stopCount, lapCount: world.lapCount)
    for start in world.starts { found.drive(world, from: start) }
    cells = best.map { found.cells(best: $0.finish) } ?? []
  }
}

extension PlanSurface {
  /// The best finish found so far, cell by cell.
  private struct Found {
    let stopCount: Int
    let lapCount: Int
    private var finishes: [Int64]
    private var tyres: [[Compound]]

    init(stopCount: Int, lapCount: Int) {
      self.stopCount = stopCount
      self.lapCount = lapCount
      finishes = Array(repeating: .max, count: (lapCount + 1) * (lapCount + 1))
      tyres = Array(repeating: [], count: finishes.count)
    }

    mutating func drive(_ world: SimulationWorld, from start: RunState) {
      var state = start
      while state.lap + 1 < world.lapCount {
        let lap = state.lap + 1
        for compound in stops(world, lap) {
          let stopped = world.driven(state, mode: .normal, change: .init(lap: lap, compound: compound))
          guard world.hasLegalFinish(stopped) else { continue }
          continued(world, stopped, first: lap, [start.compound, compound])
        }
        state = world.driven(state, mode: .normal, change: nil)
        guard world.hasLegalFinish(state) else { return }
      }
    }

    private mutating func continued(_ world: SimulationWorld, _ from: RunState, first: Int, _ used: [Compound]) {
      guard stopCount == 2 else { return keep(world, from, first: first, second: 0, used) }
      var state = from
      while state.lap + 1 < world.lapCount {
        let lap = state.lap + 1
        for compound in stops(world, lap) {
          let stopped = world.driven(state, mode: .normal, change: .init(lap: lap, compound: compound))
          if world.hasLegalFinish(stopped) { keep(world, stopped, first: first, second: lap, used + [compound]) }
        }
        state = world.driven(state, mode: .normal, change: nil)
        guard world.hasLegalFinish(state) else { return }
      }
    }

    private func stops(_ world: SimulationWorld, _ lap: Int) -> [Compound] {
      lap >= 2 && world.tyreChange(atEndOf: lap) == .stop ? world.compounds : []
    }

    /// Drives to the flag; a plan that needs another stop by rule or wear does not count.
    private mutating func keep(
      _ world: SimulationWorld, _ from: RunState, first: Int, second: Int, _ used: [Compound]
    ) {
      var state = from
      while state.lap < world.lapCount {
        state = world.driven(state, mode: .normal, change: nil)
        guard world.hasLegalFinish(state) else { return }
      }
      let cell = first * (lapCount + 1) + second
      guard state.elapsed < finishes[cell] else { return }
      finishes[cell] = state.elapsed
      tyres[cell] = used
    }

    func cells(best: Int64) -> [Cell] {
      finishes.indices.filter { finishes[$0] < .max }.map { cell in
        Cell(
          first: cell / (lapCount + 1), second: stopCount == 2 ? cell % (lapCount + 1) : nil,
          regret: finishes[cell] - best, tyres: tyres[cell])
      }
    }
  }
}
