@_spi(Measurement) import Racing

/// The real plan driven again.
func replayRows(_ races: Races) async throws -> [Row] {
  let checks = try await each(races("DRY")) { _, race in try artefact(race).map { try ReplayCheck($0) } }
  let cars = checks.flatMap(\.cars)
  let errors = Sample(cars.map { Double($0.error) / 1000 })
  let places = Sample(cars.map { Double($0.simulatedPlace - $0.place) })
  func apart(_ neutralised: Bool) -> Sample {
    Sample(checks.filter { $0.wasNeutralised == neutralised }.flatMap(\.cars).map { Double($0.error) / 1000 })
  }
  let (with, without) = (apart(true), apart(false))
  let count = errors.count
  return [
    Row("race time of the real plan, median error", errors.sizes.median, "s", .atMost(3.5), on: "DRY", sample: count),
    Row("the same, mean absolute", errors.meanSize, "s", .atMost(5), on: "DRY", sample: count),
    Row("the same, bias", errors.mean, "s", .within(-0.5, 0.5), on: "DRY", sample: count),
    Row("the same, 90 %", errors.sizes.quantile(0.9), "s", .atMost(10.5), on: "DRY", sample: count),
    Row(
      "the same with a safety car, mean absolute", with.meanSize, "s", .none, on: "DRY", sample: with.count,
      detail: with.mean.map { "bias \(Report.number($0)) s" } ?? ""),
    Row(
      "the same without, mean absolute", without.meanSize, "s", .none, on: "DRY", sample: without.count,
      detail: without.mean.map { "bias \(Report.number($0)) s" } ?? ""),
    Row("finishing place exact", places.share { $0 == 0 }, "", .atLeast(0.63), on: "DRY", sample: count),
    Row("finishing place within one", places.share { abs($0) <= 1 }, "", .atLeast(0.88), on: "DRY", sample: count),
  ]
}

/// Where a car comes out after a stop.
func rejoinRows(_ races: Races) async throws -> [Row] {
  let stops = try await each(races("DRY")) { _, race in try artefact(race).map { try RejoinCheck($0).stops } }.flatMap(
    \.self)
  let simulated = Sample(stops.map { Double($0.simulated - $0.place) })
  let told = Sample(stops.compactMap { stop in stop.toldAmongRunners.map { Double($0 - stop.placeAmongRunners) } })
  let all = Sample(stops.compactMap { stop in stop.told.map { Double($0 - stop.place) } })
  return [
    Row(
      "rejoin place exact, simulated", simulated.share { $0 == 0 }, "", .atLeast(0.85), on: "DRY",
      sample: simulated.count),
    Row(
      "rejoin place within one, simulated", simulated.share { abs($0) <= 1 }, "", .atLeast(0.97), on: "DRY",
      sample: simulated.count),
    Row(
      "rejoin place exact, from past laps", told.share { $0 == 0 }, "", .atLeast(0.85), on: "DRY", sample: told.count,
      detail: "among cars that do not stop on the two laps"),
    Row(
      "rejoin place within one, from past laps", told.share { abs($0) <= 1 }, "", .atLeast(0.97), on: "DRY",
      sample: told.count),
    Row("the same, all cars counted, within one", all.share { abs($0) <= 1 }, "", .none, on: "DRY", sample: all.count),
  ]
}

/// How often the best cars stop.
func stopCountRows(_ races: Races) async throws -> [Row] {
  let checks = try await each(races("DRY")) { _, race in try artefact(race).map { try StopCountCheck($0) } }
  let modes = Sample(
    checks.filter { !$0.stops.isEmpty }.map { check in
      StopCountCheck.mode(check.stops.map(\.real)) == StopCountCheck.mode(check.stops.map(\.best)) ? 1 : 0
    })
  let cars = Sample(checks.flatMap(\.stops).map { Double($0.best - $0.real) })
  let first = Sample(checks.flatMap(\.firstStops).map(Double.init))
  return [
    Row(
      "modal number of stops of the first five equals the optimum's", modes.mean, "", .atLeast(0.78), on: "DRY",
      sample: modes.count),
    Row("single cars within one stop", cars.share { abs($0) <= 1 }, "", .atLeast(0.97), on: "DRY", sample: cars.count),
    Row(
      "first stop on the real tyre, median distance", first.median, "laps", .atMost(3), on: "DRY", sample: first.count),
  ]
}
