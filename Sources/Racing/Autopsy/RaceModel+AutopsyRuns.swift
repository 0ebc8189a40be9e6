/// One fit of a race with what all its drivers share.
struct AutopsyGround {
  let model: RaceModel
  let cars: [RaceArtefact.Car]
  let start: StartFigures
  /// Added to the loss of every out-lap, ms.
  var outShift: Int64 = 0
}

extension AutopsyGround {
  /// Drives everything for one driver.
  ///
  /// - Complexity: four worlds, two optima without traffic and five runs; a few milliseconds.
  func runs(driver index: Int, search: inout OptimumSearch) throws(AutopsyRefusal) -> AutopsyRuns {
    let car = cars[index]
    let isRetired = !car.isFinisher && !reachedFlag(car)
    let track = model.track(cars: cars, rules: rules(isRetired: isRetired), outShift: outShift)
    let field = try world(index, track, .field, isAlone: true)
    let reference = try world(index, track, .reference, isAlone: true)
    let own = try world(index, track, .own, isAlone: true, crewGain: 0)
    let among = try world(index, track, .own, isAlone: false, crewGain: 0)

    let first = Self.givenLap(car)
    let stops = model.autopsyStops(driver: index, plan: field.realPlan, from: first)
    let gridLoss = first == 1 ? start.lost(slot: car.grid) : 0
    let clear = first == 1 ? start.pole : car.elapsed[first]
    let exactStops = isRetired ? stops.count { $0.lap > first } : nil
    let ideal = try best(reference, at: first, clear, exactStops, &search)
    let best = try best(field, at: first, clear, exactStops, &search)

    func begun(_ world: SimulationWorld, _ elapsed: Int64) -> RunState {
      var state = world.realState(atEndOf: first)
      state.elapsed = elapsed
      return state
    }
    let real = field.realPlan
    let crewGain = Dictionary(uniqueKeysWithValues: stops.map { ($0.lap, -spread) })
    let crewReal = Dictionary(uniqueKeysWithValues: stops.map { ($0.lap, $0.lane - model.crew.median) })
    return AutopsyRuns(
      driver: index, first: first, last: car.lastLap, kinds: field.kinds, real: field.realElapsed,
      gridLoss: gridLoss, stops: stops, crew: model.crew, isRetired: isRetired, ideal: ideal, best: best,
      planned: field.run(real, from: begun(field, clear)),
      worn: own.run(real, from: begun(own, clear), crew: crewGain),
      alone: own.run(real, from: begun(own, clear + gridLoss)),
      traffic: among.run(real, from: begun(among, clear + gridLoss)),
      simulated: among.run(real, from: begun(among, clear + gridLoss), crew: crewReal),
      isRegular: isRegular(field))
  }

  /// The car crossed the line after the winner had finished.
  func reachedFlag(_ car: RaceArtefact.Car) -> Bool {
    if car.lastLap == model.data.lapCount { return true }
    guard let winner = cars.first(where: { $0.position == 1 }) else { return false }
    return car.elapsed[car.lastLap] >= winner.elapsed[winner.lastLap]
  }

  private var spread: Int64 { model.crew.median - model.crew.best }

  private func rules(isRetired: Bool) -> RaceRules {
    guard isRetired else { return model.record.rules }
    return RaceRules(minimumDryCompounds: 1, maximumStintLaps: model.record.rules.maximumStintLaps)
  }

  private func isRegular(_ world: SimulationWorld) -> Bool {
    let end = world.realState(atEndOf: world.lapCount)
    return end.obligationMet && end.stopsTowardsMinimum >= world.rules.minimumStops
  }

  /// The last lap of a stoppage that began on lap 1, else 1.
  private static func givenLap(_ car: RaceArtefact.Car) -> Int {
    guard car.kinds[1] == .red else { return 1 }
    return (1...car.lastLap).prefix { car.kinds[$0] == .red }.last ?? 1
  }

  private func world(
    _ index: Int, _ track: RaceArtefact, _ kind: RaceModel.TableKind, isAlone: Bool, crewGain: Int64? = nil
  ) throws(AutopsyRefusal) -> SimulationWorld {
    guard let pace = model.paceTable(driver: index, kind: kind, blueFlags: !isAlone) else { throw .noPace }
    do throws(WorldError) {
      return try SimulationWorld(track, car: index, pace: pace, crewGain: crewGain ?? spread, isAlone: isAlone)
    } catch {
      throw .noPace
    }
  }

  private func best(
    _ world: SimulationWorld, at lap: Int, _ elapsed: Int64, _ exactStops: Int?, _ search: inout OptimumSearch
  ) throws(AutopsyRefusal) -> AutopsyRun {
    let states = world.autopsyStarts(atEndOf: lap, elapsed: elapsed)
    let options = OptimumOptions(exactStops: exactStops, freeAir: true)
    guard let (optimum, origin) = world.best(from: states, options: options, search: &search) else {
      throw .noLegalPlan
    }
    return world.run(optimum.plan, from: states[origin])
  }
}
