@_spi(Measurement) import Racing

/// How well a stop's loss is known, at circuits with twenty stops or more.
func pitLossRows(_ races: Races) async throws -> [Row] {
  let circuits = RaceMeasurements(races("ALL")).pitLoss.circuits.values.filter { $0.stops >= 20 }
  let errors = circuits.compactMap { $0.error.map { Double($0) / 1000 } }
  let splits = Sample(circuits.compactMap { $0.splitDifference.map { Double($0) / 1000 } })
  return [
    Row(
      "pit loss, standard error, largest", errors.max(), "s", .atMost(0.35), on: "2022-24", sample: errors.count,
      detail: "circuits with 20 stops or more; median \(Report.number(Sample(errors).median ?? 0)) s"),
    Row(
      "pit loss, difference of halves, median", splits.median, "s", .atMost(0.5), on: "2022-24", sample: splits.count),
  ]
}
