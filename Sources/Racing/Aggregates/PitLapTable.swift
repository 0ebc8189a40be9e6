/// What a first stop at the end of each lap would have brought one car: regret, place and gaps after it, undercut and
/// overcut. It looks into the whole race: not for a run under way. Milliseconds.
public struct PitLapTable: Sendable, Equatable {
  /// One lap to stop on.
  public struct Row: Sendable, Equatable {
    /// The lap at whose end the car would stop.
    public var lap: Int
    /// What the lap is like.
    public var kind: LapKind
    /// The best finish with the first stop there less the best finish with a stop; nil where no legal finish has it.
    public var regret: Int64?
    /// The tyre of that best finish.
    public var compound: Compound?
    /// Place at the end of the out-lap.
    public var rejoinPlace: Int?
    /// To the car ahead at the end of the out-lap; nil for the leader.
    public var gapAhead: Neighbour?
    /// To the car behind at the end of the out-lap; nil for the last.
    public var gapBehind: Neighbour?
    /// Won on a rival that stops a lap later, both on the car's tyres; 0 where a lap is neutralised.
    public var undercut: Int64?
    /// Won on a rival that stops a lap earlier: what staying out one lap more brings.
    public var overcut: Int64?
  }

  /// A rival at the line.
  public struct Neighbour: Sendable, Equatable {
    /// Who.
    public var driver: DriverCode
    /// Time between the two.
    public var milliseconds: Int64
  }

  /// Whose.
  public var driver: DriverCode
  /// The tyre the car starts on.
  public var start: Compound
  /// What a stop costs at racing speed: the lap in and the lap out.
  public var stopLoss: Int64
  /// By lap, from the second to the last but one.
  public var rows: [Row]
}

extension PitLapTable {
  /// Every lap of a car's race on its real tyre for the start.
  ///
  /// - Complexity: one search of the rest of the race for each lap, some hundred milliseconds.
  public init(of world: SimulationWorld) {
    var state = world.realState(atEndOf: 1)
    driver = world.driver
    start = state.compound
    stopLoss = world.pitLoss.inMilliseconds + world.pitLoss.outMilliseconds
    let window = world.nextStop(after: state)
    rows = []
    while state.lap + 2 <= world.lapCount, world.isWithinWear(state) {
      let lap = state.lap + 1
      rows.append(Self.row(lap, from: state, window.cost(ofLap: lap), in: world))
      state = world.driven(state, mode: .normal, change: nil)
    }
  }

  private static func row(
    _ lap: Int, from state: RunState, _ regret: Int64?, in world: SimulationWorld
  ) -> Row {
    var row = Row(lap: lap, kind: world.kinds[lap], regret: regret)
    guard regret != nil, let compound = world.fittedBest(onLap: lap, from: state) else { return row }
    let stopped = world.driven(state, mode: .normal, change: .init(lap: lap, compound: compound))
    let out = world.driven(stopped, mode: .normal, change: nil)
    row.compound = compound
    row.rejoinPlace = world.place(atEndOf: out.lap, elapsed: out.elapsed)
    (row.gapAhead, row.gapBehind) = world.neighbours(atEndOf: out.lap, elapsed: out.elapsed)
    row.undercut =
      world.undercutDelta(
        stoppingOn: lap, onto: compound, against: state.compound, wear: state.wear + 4)?.milliseconds
    row.overcut =
      world.undercutDelta(
        stoppingOn: lap - 1, onto: compound, against: state.compound, wear: state.wear
      )
      .map { -$0.milliseconds }
    return row
  }
}

extension SimulationWorld {
  /// The set may be driven another lap.
  fileprivate func isWithinWear(_ state: RunState) -> Bool {
    slot(of: state.compound).map { state.wear + 4 <= 4 * stintCaps[$0] } ?? false
  }

  /// The tyre that leads to the best finish when the stop is at the end of the next lap.
  fileprivate func fittedBest(onLap lap: Int, from state: RunState) -> Compound? {
    guard tyreChange(atEndOf: lap) == .stop else { return nil }
    let finishes = compounds.compactMap { compound -> (compound: Compound, finish: Int64)? in
      let stopped = driven(state, mode: .normal, change: .init(lap: lap, compound: compound))
      guard hasLegalFinish(stopped), let best = optimum(from: stopped) else { return nil }
      return (compound, best.finish)
    }
    return finishes.min { ($0.finish, $0.compound.rawValue) < ($1.finish, $1.compound.rawValue) }?.compound
  }

  /// The nearest rivals at the line.
  func neighbours(
    atEndOf lap: Int, elapsed: Int64
  ) -> (ahead: PitLapTable.Neighbour?, behind: PitLapTable.Neighbour?) {
    var ahead: PitLapTable.Neighbour?
    var behind: PitLapTable.Neighbour?
    for rival in rivals where lap <= rival.lastLap && rival.elapsed[lap] >= 0 {
      let gap = rival.elapsed[lap] - elapsed
      if gap < 0, -gap < ahead?.milliseconds ?? .max { ahead = .init(driver: rival.code, milliseconds: -gap) }
      if gap >= 0, gap < behind?.milliseconds ?? .max { behind = .init(driver: rival.code, milliseconds: gap) }
    }
    return (ahead, behind)
  }
}
