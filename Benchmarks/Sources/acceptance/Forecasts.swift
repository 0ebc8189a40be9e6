@_spi(Measurement) import Racing

/// Laps the fit was not shown.
func forecastRows(_ races: Races) async throws -> [Row] {
  func measure(_ list: String) async throws -> HeldOutStints {
    let parts = try await each(races(list)) { _, race in HeldOutStints([race]) }
    return HeldOutStints(joining: parts)
  }
  func rows(_ list: String, _ found: HeldOutStints, limits: (Double, Double)) -> [Row] {
    let count = found.stints.count
    return [
      Row("held-out stints, mean absolute", found.stints.meanAbsolute, "s", .atMost(limits.0), on: list, sample: count),
      Row(
        "held-out stints, root mean square", found.stints.rootMeanSquare, "s", .atMost(limits.1), on: list,
        sample: count),
    ]
  }
  let dry = try await measure("DRY")
  var found = rows("DRY", dry, limits: (0.37, 0.55))
  found += rows("OOT", try await measure("OOT"), limits: (0.45, 0.75))
  found += rows("NEW", try await measure("NEW"), limits: (0.45, 0.75))
  found.append(
    Row(
      "even laps from odd ones, mean absolute", dry.evenLaps.meanAbsolute, "s", .atMost(0.33), on: "DRY",
      sample: dry.evenLaps.count))
  for (name, errors) in [
    ("driver's mean", dry.driverMean), ("driver's mean and trend", dry.driverTrend),
    ("no lap effect", dry.withoutLapEffect),
  ] {
    found.append(Row("baseline: \(name)", errors.meanAbsolute, "s", .none, on: "DRY", sample: errors.count))
  }
  return found
}
