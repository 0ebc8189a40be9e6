@_spi(Measurement) import Racing

/// One race's autopsies without intervals.
private struct RaceAutopsies: Sendable {
  let identity: Int64
  let residuals: [Double]
  let shares: [Double]
  let refused: [String]
  let laps: Int
}

private func takeApart(_ race: RaceRecord) throws -> RaceAutopsies? {
  guard let autopsies = try? Autopsies(race) else { return nil }
  var identity: Int64 = 0
  var residuals: [Double] = []
  var shares: [Double] = []
  var refused: [String] = []
  for code in autopsies.drivers {
    do {
      let autopsy = try autopsies.autopsy(of: code)
      identity = max(identity, abs(autopsy.costs.sum - autopsy.totalLoss))
      residuals.append(Double(abs(autopsy.costs.residual)) / 1000)
      let lost = AutopsyCause.allCases.reduce(Int64(0)) { $0 + max(0, autopsy.costs[$1]) } + abs(autopsy.costs.residual)
      shares.append(lost > 0 ? Double(abs(autopsy.costs.residual)) / Double(lost) : 0)
    } catch {
      refused.append("\(code): \(error)")
    }
  }
  return RaceAutopsies(identity: identity, residuals: residuals, shares: shares, refused: refused, laps: race.lapCount)
}

/// The identity on all races, and what stays unexplained.
func autopsyRows(_ races: Races) async throws -> [Row] {
  let all = try await each(races("ALL")) { _, race in try takeApart(race) }
  let dry = try await each(races("DRY")) { _, race in try takeApart(race) }
  let wet = try await each(races("WET")) { _, race in try takeApart(race) }
  func residual(_ name: String, _ found: [RaceAutopsies], _ list: String, limit: Double) -> [Row] {
    let residuals = Sample(found.flatMap(\.residuals))
    let shares = Sample(found.flatMap(\.shares))
    return [
      Row(
        "residual, \(name), median", residuals.median, "s", .atMost(limit), on: list, sample: residuals.count,
        detail:
          "90 % \(Report.number(residuals.quantile(0.9) ?? 0)) s; share of the loss, median \(Report.number(100 * (shares.median ?? 0))) %"
      )
    ]
  }
  let refused = all.flatMap(\.refused)
  return [
    Row(
      "autopsy identity, worst", all.map(\.identity).max().map(Double.init), "ms", .atMost(0), on: "ALL",
      sample: all.flatMap(\.residuals).count,
      detail: "\(all.count) races, \(refused.count) drivers without an autopsy, each with its reason")
  ] + residual("dry", dry, "DRY", limit: 3) + residual("wet", wet, "WET", limit: 6)
}

/// The first cases of a list for which a loss could be put in: driver in place 3 + (i mod 8) of race i.
private func cases(
  _ races: Races, _ list: String, count: Int, _ injection: @escaping @Sendable (Int) -> Injection, replicates: Int = 0
) async throws -> [InjectionCheck] {
  let found = try await each(races(list)) { index, race in
    try InjectionCheck(race, place: 3 + index % 8, injection: injection(index), replicates: replicates)
  }
  return Array(found.prefix(count))
}

/// Known losses and where the autopsy puts them.
func injectionRows(_ races: Races) async throws -> [Row] {
  func both(_ injection: Injection) async throws -> [InjectionCheck] {
    try await cases(races, "DRY", count: 10) { _ in injection } + cases(races, "RED", count: 2) { _ in injection }
  }
  let stop = try await both(.slowStop(3_000))
  let lap = try await both(.oddLap(10_000))
  let car = try await both(.slowCar(200))
  let list = "DRY, RED"
  let pit = stop.map { abs(Double($0.change.pit) / Double($0.truth) - 1) }
  let others = stop.map { check in largest(check.change, [.qualifying, .tyre, .strategy, .car]) }
  let incident = lap.map { Double($0.change.incident - $0.knockOn) / 1000 }
  let lapOthers = Sample(lap.map { check in largest(check.change, [.qualifying, .tyre, .pit, .strategy, .car]) })
  let free = car.filter { !$0.wasNeutralised }.map { Double($0.change.car) / Double($0.totalChange) }
  let neutralised = car.filter(\.wasNeutralised).map { Double($0.change.car) / Double($0.totalChange) }
  return [
    Row("stop 3 s slower: pit off by, worst", pit.max(), "", .atMost(0.07), on: list, sample: pit.count),
    Row(
      "stop 3 s slower: qualifying, tyre, strategy, car move by, worst", others.max(), "s", .atMost(0.1), on: list,
      sample: others.count),
    Row("one lap 10 s slower: incident, least", incident.min(), "s", .atLeast(9.5), on: list, sample: incident.count),
    Row("one lap 10 s slower: incident, most", incident.max(), "s", .atMost(10.5), on: list, sample: incident.count),
    Row(
      "one lap 10 s slower: others within half a second", lapOthers.share { $0 <= 0.5 }, "", .atLeast(0.9), on: list,
      sample: lapOthers.count),
    Row(
      "every lap 0.2 s slower: car's share, least", free.min(), "", .atLeast(0.92), on: list, sample: free.count,
      detail: "without a safety car"),
    Row(
      "every lap 0.2 s slower: car's share, most", free.max(), "", .atMost(1.05), on: list, sample: free.count,
      detail: "without a safety car"),
    Row(
      "every lap 0.2 s slower: car's share, with a safety car, median", Sample(neutralised).median, "", .none, on: list,
      sample: neutralised.count),
  ]
}

/// The largest move of some causes, seconds.
private func largest(_ change: AutopsyCosts, _ causes: [AutopsyCause]) -> Double {
  causes.map { abs(Double(change[$0])) / 1000 }.max() ?? 0
}

/// How often intervals hold a truth of random size: a hundred cases of slower cars and odd laps.
func coverageRows(_ races: Races, replicates: Int) async throws -> [Row] {
  var covered: [Double] = []
  for round in 0..<4 where covered.count < 100 {
    let found = try await each(races("DRY")) { index, race in
      let size = Int64(50 + (index * 37 + round * 101) % 350)
      let loss: Injection = round.isMultiple(of: 2) ? .slowCar(size) : .oddLap(20 * size + 4_000)
      return try InjectionCheck(race, place: 3 + (index + round) % 8, injection: loss, replicates: min(100, replicates))
    }
    covered += found.compactMap { $0.isCovered.map { $0 ? 1 : 0 } }
  }
  let sample = Sample(Array(covered.prefix(100)))
  return [
    Row(
      "90 % interval holds the truth put in", sample.mean, "", .within(0.85, 0.95), on: "DRY", sample: sample.count,
      detail: "slower cars and odd laps of random size, \(min(100, replicates)) replicates")
  ]
}
