@_spi(Measurement) import Racing

/// The exact optimum against brute force, and how long it takes.
func optimumRows(_ races: Races) async throws -> [Row] {
  // Eleven races: the first with a safety car, the first dry ones, the first wet one.
  let chosen = Array(races("DRY").prefix(10)) + races("WET").prefix(1)
  let checks = try await each(chosen) { _, race -> BruteForceCheck? in
    guard let artefact = try artefact(race) else { return nil }
    let car = artefact.cars.filter { $0.isPlayable }.min { ($0.position ?? 99) < ($1.position ?? 99) }
    return try car.flatMap { try BruteForceCheck(artefact, driver: $0.code) }
  }
  let plans = checks.reduce(0) { $0 + $1.plans }
  let worst = checks.map { max(abs($0.difference), abs($0.rerunDifference)) }.max().map(Double.init)
  let beaten = checks.reduce(0) { $0 + $1.beaten }
  return [
    Row(
      "optimum less the best of all plans of up to two stops", worst, "ms", .atMost(0), on: "DRY, WET",
      sample: checks.count,
      detail: "\(plans) plans driven lap by lap"),
    Row(
      "random plans of up to three stops that beat the optimum", Double(beaten), "", .atMost(0), on: "DRY, WET",
      sample: checks.count),
  ] + (try timings(races))
}

private func timings(_ races: Races) throws -> [Row] {
  var plain: [Double] = []
  var modes: [Double] = []
  var search = OptimumSearch()
  for race in races("DRY") where plain.count < 200 {
    guard let artefact = try artefact(race) else { continue }
    for car in artefact.cars where car.isPlayable && plain.count < 200 {
      let world = try SimulationWorld(artefact: artefact, driver: car.code)
      let start = world.realState(atEndOf: 1)
      plain.append(milliseconds { _ = world.optimum(from: [start], search: &search) })
      modes.append(
        milliseconds { _ = world.optimum(from: [start], options: .init(allowsModes: true), search: &search) })
    }
  }
  return [
    Row("optimum, 99 % of worlds", Sample(plain).quantile(0.99), "ms", .atMost(5), on: "DRY", sample: plain.count),
    Row(
      "optimum with modes, 99 % of worlds", Sample(modes).quantile(0.99), "ms", .atMost(60), on: "DRY",
      sample: modes.count),
  ]
}

/// How long something takes.
func milliseconds(_ work: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  return try clock.measure(work) / .milliseconds(1)
}

/// Scores of real and random plans.
func scoreRows(_ races: Races) async throws -> [Row] {
  func measure(_ list: String) async throws -> [PlanScores] {
    try await each(races(list)) { _, race in try artefact(race).map { try PlanScores($0) } }
  }
  let dry = try await measure("DRY")
  let new = try await measure("NEW")
  let real = Sample(new.flatMap(\.real).map { Double($0.iq) / 100 })
  let random = Sample(new.flatMap(\.random).map { Double($0.iq) / 100 })
  let best = Sample(new.compactMap { $0.optimum.map { Double($0.iq) / 100 } })
  let regret = Sample(dry.flatMap(\.real).map { Double($0.regret) / 1000 })
  let randomRegret = Sample(dry.flatMap(\.random).map { Double($0.regret) / 1000 })
  let orders = (dry + new).map { race in steadiness(race.random) }
  return [
    Row("IQ of the optimum, lowest", best.values.min(), "", .atLeast(100), on: "NEW", sample: best.count),
    Row("IQ of real plans of the first ten, median", real.median, "", .within(70, 76), on: "NEW", sample: real.count),
    Row("IQ of random legal plans, median", random.median, "", .atMost(45), on: "NEW", sample: random.count),
    Row(
      "regret of real plans of the first ten, median", regret.median, "s", .none, on: "DRY", sample: regret.count,
      detail: "holds model error, so an upper bound; random plans \(Report.number(randomRegret.median ?? 0)) s"),
    Row(
      "outcome score never rises with regret within a world, least share of steps", orders.min(), "", .atLeast(1),
      on: "DRY, NEW", sample: orders.count),
    Row(
      "raw score of real plans, median", Sample(dry.flatMap(\.real).map { Double($0.raw) }).median, "", .none,
      on: "DRY", sample: dry.flatMap(\.real).count),
    Row(
      "raw score of random plans, median", Sample(dry.flatMap(\.random).map { Double($0.raw) }).median, "", .none,
      on: "DRY", sample: dry.flatMap(\.random).count),
  ]
}

/// The share of neighbours by regret whose outcome score does not rise: 1 when a faster finish never scores less.
private func steadiness(_ scores: [PlanScores.Score]) -> Double {
  let ordered = scores.sorted { ($0.regret, -$0.outcome) < ($1.regret, -$1.outcome) }
  let falls = zip(ordered, ordered.dropFirst()).count { $0.outcome < $1.outcome }
  return ordered.count > 1 ? 1 - Double(falls) / Double(ordered.count - 1) : 1
}
