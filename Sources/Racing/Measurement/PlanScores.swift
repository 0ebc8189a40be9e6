/// Raw scores, regrets and IQs of real and of random plans, by which the IQ's scale is set and judged.
@_spi(Measurement) public struct PlanScores: Sendable {
  /// One plan driven to the flag.
  public struct Score: Sendable {
    /// The weighted mean of the parts, hundredths.
    public let raw: Int32
    /// The Strategy IQ, hundredths.
    public let iq: Int32
    /// The finish less the best finish, ms.
    public let regret: Int64
    /// The outcome score, hundredths.
    public let outcome: Int32
  }

  /// Real plans of the first ten, on new sets.
  public let real: [Score]
  /// Twelve random legal plans in the fourth finisher's world.
  public let random: [Score]
  /// The optimum of the fourth finisher.
  public let optimum: Score?

  /// Drives every plan. Some fifteen optima each.
  public init(_ artefact: RaceArtefact, seed: UInt64 = 1) throws {
    let cars = artefact.cars.filter { ($0.position ?? 99) <= 10 && $0.isPlayable }
      .sorted { ($0.position ?? 99) < ($1.position ?? 99) }
    var real: [Score] = []
    var random: [Score] = []
    var optimum: Score?
    for (place, car) in cars.enumerated() {
      let world = try SimulationWorld(artefact: artefact, driver: car.code)
      if let score = Self.score(world.realPlan, in: world) { real.append(score) }
      guard place == min(3, cars.count - 1) else { continue }
      if let best = world.optimumOverStarts() ?? world.optimum(from: world.realState(atEndOf: 1)) {
        optimum = Self.score(best.plan, in: world)
      }
      random = Self.randomScores(world, seed: seed ^ UInt64(bitPattern: Int64(artefact.key.round)))
    }
    self.real = real
    self.random = random
    self.optimum = optimum
  }

  private static func randomScores(_ world: SimulationWorld, seed: UInt64) -> [Score] {
    var draw = SplitMix(seed: seed)
    var scores: [Score] = []
    for _ in 0..<20_000 where scores.count < 12 {
      let count = draw.integer(in: 1...3)
      var laps: Set<Int> = []
      while laps.count < count { laps.insert(draw.integer(in: 3...world.lapCount - 2)) }
      func tyre() -> Compound { world.compounds[draw.integer(in: 0...world.compounds.count - 1)] }
      let plan = Plan(startCompound: tyre(), changes: laps.sorted().map { .init(lap: $0, compound: tyre()) })
      if let score = score(plan, in: world) { scores.append(score) }
    }
    return scores
  }

  /// Drives a plan on new sets; nil when a rule forbids it.
  private static func score(_ plan: Plan, in world: SimulationWorld) -> Score? {
    let start = world.startIsFixed ? SimulationStart() : SimulationStart(compound: plan.startCompound)
    do {
      var drive = try Simulation(world: world, start: start)
      while !drive.isFinished {
        try drive.drive(LapCall(stop: plan.change(atEndOf: drive.state.lap + 1)?.compound))
      }
      guard let score = drive.score() else { return nil }
      return Score(raw: score.parts.raw, iq: score.iq, regret: score.toOptimum, outcome: score.parts.raceOutcome)
    } catch {
      return nil
    }
  }
}
