import Foundation
import Racing

/// A made-up race of 66 laps and 20 cars, as its model.
private func artefact(_ bed: Bed) throws -> RaceArtefact {
  try RaceArtefact.build(from: SyntheticRace.generate(seed: bed.seed, laps: 66), constants: .shipped)
}

private func worlds(_ bed: Bed) throws -> [SimulationWorld] {
  let artefact = try artefact(bed)
  return try artefact.cars.filter(\.isPlayable).map { try SimulationWorld(artefact: artefact, driver: $0.code) }
}

/// Whole races driven a second on one core: every car's real plan, lap by lap with traffic.
func measureSimulate(_ bed: Bed) throws -> [Figure] {
  let worlds = try worlds(bed)
  let starts = worlds.map { $0.realState(atEndOf: 1) }
  let races = bed.quick ? 50_000 : 200_000
  var check: Int64 = 0
  let runs = (0..<bed.runs + 1).map { _ -> Double in
    let seconds = time {
      for race in 0..<races {
        let car = race % worlds.count
        check &+= worlds[car].finish(of: worlds[car].realPlan, from: starts[car])
      }
    }
    return Double(races) / seconds
  }
  return [
    Figure(
      "simulate.races_per_second", Array(runs.dropFirst()), unit: "races/s",
      note: "one core, 66 laps, 20 cars, checksum \(check)"
    ).atLeast(100_000)
  ]
}

/// The exact optimum over every start, the search's memory reused.
func measureOptimum(_ bed: Bed) throws -> [Figure] {
  let worlds = try worlds(bed)
  var search = OptimumSearch()
  let rounds = bed.quick ? 3 : 10
  var plain: [Double] = []
  var modes: [Double] = []
  for round in 0...rounds {
    for world in worlds {
      let start = world.realState(atEndOf: 1)
      let one = 1000 * time { _ = world.optimum(from: [start], search: &search) }
      let three =
        1000
        * time {
          _ = world.optimum(from: [start], options: OptimumOptions(allowsModes: true), search: &search)
        }
      if round > 0 {
        plain.append(one)
        modes.append(three)
      }
    }
  }
  return [
    Figure("optimum.milliseconds", plain, unit: "ms", note: "66 laps, 20 cars, from the real start").atMost(5),
    Figure("optimum.p99_milliseconds", [quantile(plain, 0.99)], unit: "ms").atMost(5),
    Figure("optimum.modes.p99_milliseconds", [quantile(modes, 0.99)], unit: "ms", note: "pushing and saving allowed")
      .atMost(60),
  ]
}

/// From a record to its published artefact.
func measureFit(_ bed: Bed) throws -> [Figure] {
  let record = SyntheticRace.generate(seed: bed.seed, laps: 66)
  let builds = try (0..<(bed.quick ? 5 : 15)).map { _ in
    try 1000 * timeThrowing { _ = try RaceArtefact.build(from: record, constants: .shipped) }
  }
  return [
    Figure(
      "fit.build.milliseconds", Array(builds.dropFirst()), unit: "ms",
      note: "record to artefact: repairs, fit, pace tables of every car, hash")
  ]
}

/// Seconds that `work` takes.
func time(_ work: () -> Void) -> Double {
  let start = ContinuousClock.now
  work()
  return Double((ContinuousClock.now - start) / .nanoseconds(1)) / 1e9
}

/// Seconds that `work` takes.
func timeThrowing(_ work: () throws -> Void) throws -> Double {
  let start = ContinuousClock.now
  try work()
  return Double((ContinuousClock.now - start) / .nanoseconds(1)) / 1e9
}

/// Seconds that `work` takes.
func timeAsync(_ work: () async throws -> Void) async throws -> Double {
  let start = ContinuousClock.now
  try await work()
  return Double((ContinuousClock.now - start) / .nanoseconds(1)) / 1e9
}
