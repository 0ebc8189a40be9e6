/// What a finished run is set beside: where its stops could have been, what a caller without foresight would have done,
/// and what the driver's real calls were worth. Milliseconds.
public struct RunReview: Sendable, Equatable {
  /// A plan and what it would have brought.
  public struct Benchmark: Sendable, Equatable {
    /// The plan.
    public let plan: Plan
    /// Elapsed at the flag.
    public let finish: Int64
    /// Its place.
    public let place: Int
    /// Its Strategy IQ in hundredths; nil for a plan that the rules forbid.
    public let iq: Int32?
  }

  /// For every stop of the run, in order, the laps it could have been made on and what each costs.
  public let windows: [StopWindow]
  /// The best plan with hindsight, from the run's start.
  public let optimum: Benchmark?
  /// What the best caller would have done who does not know when the race will be neutralised; nil in wet races and for
  /// runs that did not begin with the race.
  public let unforeseeing: Benchmark?
  /// What the run's calls cost in expectation, given what could be known when they were made; nil where that is not
  /// modelled. The rest of the distance to the optimum is luck.
  public let expectedCost: Int64?
  /// What the driver really did.
  public let real: Benchmark?
  /// The Strategy IQ of the median random legal plan, hundredths.
  public let randomIQ: Int32
}

extension Simulation {
  /// Looks back on the run; nil before the flag.
  ///
  /// - Complexity: one search for each stop and lap, and the optima of two more runs; some hundred milliseconds the first
  ///   time in a world.
  public func review(anchors: StrategyIQ.Anchors = .standard) -> RunReview? {
    guard isFinished else { return nil }
    let isWhole = start.lap == 1
    let foresight = isWhole ? world.exAnte() : nil
    let isFree = world.rules.minimumDryCompounds < 2
    let real = world.realState(atEndOf: 1)
    let given: (compound: Compound, age: Int)? =
      world.startIsFixed ? (real.compound, max(0, real.lapsOnSet - 1)) : nil
    let expected = foresight.map { programme in
      programme.decisionCost(
        of: plan, startAge: start.compound == nil ? max(0, real.lapsOnSet - 1) : 0, isStartGiven: world.startIsFixed,
        kinds: world.kinds, from: 1, obligationFree: isFree
      ).milliseconds
    }
    let policy = foresight.flatMap { $0.policy(given: given, kinds: world.kinds, obligationFree: isFree) }
    return RunReview(
      windows: stopWindows(), optimum: bestPlan.flatMap { world.benchmark($0, anchors) },
      unforeseeing: policy.flatMap { world.benchmark($0, anchors) }, expectedCost: expected,
      real: isWhole ? world.benchmark(world.realPlan, anchors) : nil, randomIQ: anchors.randomIQ)
  }

  private var bestPlan: Plan? {
    guard start.lap == 1 else { return nil }
    return (world.optimumOverStarts(allowsModes: false) ?? world.optimum(from: world.realState(atEndOf: 1)))?.plan
  }
}

extension SimulationWorld {
  fileprivate func benchmark(_ plan: Plan, _ anchors: StrategyIQ.Anchors) -> RunReview.Benchmark? {
    do throws(RuleViolation) {
      guard let score = try Simulation.played(plan, in: self).score(anchors: anchors) else { return nil }
      return RunReview.Benchmark(plan: plan, finish: score.total, place: score.place, iq: score.iq)
    } catch {
      // Only a real plan can break a rule: a driver who was disqualified or spared a stop.
      guard plan == realPlan else { return nil }
      let finish = replayReal()
      return RunReview.Benchmark(
        plan: plan, finish: finish, place: place(atEndOf: lapCount, elapsed: finish), iq: nil)
    }
  }

  /// The stochastic programme of this car; nil where tyres for rain are in the race, which it does not model.
  ///
  /// Neutralised laps are taken as the last racing lap before them, and neutralisations to come as often as at all
  /// circuits together.
  func exAnte(_ constants: ModelConstants = .shipped) -> ExAnte? {
    guard compounds.allSatisfy({ $0.tyreClass == .slick }) else { return nil }
    return ExAnte(
      pace: racingPace, lapCount: lapCount, caps: stintCaps, rules: rules,
      stopLoss: pitLoss.inMilliseconds + pitLoss.outMilliseconds, chances: constants.neutralisation,
      circuit: constants.circuit(""), pitLoss: constants.pitLoss)
  }

  /// The published lap times as if every lap were driven at racing speed.
  private var racingPace: PaceTable {
    let shown = (0...lapCount).map { lap in
      (1...max(1, lap)).last { kinds[$0].isRacing } ?? kinds.indices.dropFirst().first { kinds[$0].isRacing } ?? lap
    }
    var values: [Int32] = []
    values.reserveCapacity(compounds.count * course.wearCount * (lapCount + 1))
    for slot in compounds.indices {
      for wear in 0..<course.wearCount {
        for lap in 0...lapCount {
          values.append(course.pace[(shown[lap] * compounds.count + slot) * course.wearCount + wear])
        }
      }
    }
    return PaceTable(compounds: compounds, wearCount: course.wearCount, lapCount: lapCount, values: values)
  }
}
