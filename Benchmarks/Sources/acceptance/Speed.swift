import Racing

/// How long it takes.
func speedRows(_ races: Races, replicates: Int) async throws -> [Row] {
  var fits: [Double] = []
  var plain: [Double] = []
  for race in races("DRY") {
    var autopsies: Autopsies?
    fits.append(milliseconds { autopsies = try? Autopsies(race) })
    guard let autopsies else { continue }
    plain.append(milliseconds { for code in autopsies.drivers { _ = try? autopsies.autopsy(of: code) } })
  }
  let clock = ContinuousClock()
  var full: Double?
  var single: Double?
  if let race = races("DRY").last, let autopsies = try? Autopsies(race) {
    let begun = clock.now
    _ = try await autopsies.autopsies(replicates: replicates)
    full = (clock.now - begun) / .seconds(1)
    let again = clock.now
    _ = try await Autopsies(race).autopsies(of: Array(autopsies.drivers.prefix(1)), replicates: replicates)
    single = (clock.now - again) / .seconds(1)
  }
  let begun = clock.now
  let all = try await each(races("ALL")) { _, race -> Int? in
    guard let autopsies = try? Autopsies(race) else { return nil }
    return autopsies.drivers.count { (try? autopsies.autopsy(of: $0)) != nil }
  }
  let whole = races.readingSeconds + (clock.now - begun) / .seconds(1)
  return [
    Row(
      "repairs and fit of a race, 99 %", Sample(fits).quantile(0.99), "ms", .atMost(30), on: "DRY", sample: fits.count),
    Row(
      "all autopsies of a race without replicates, most", plain.max().map { $0 / 1000 }, "s", .atMost(1), on: "DRY",
      sample: plain.count),
    Row(
      "all autopsies of a race, \(replicates) replicates", full, "s", .atMost(60), on: "DRY",
      sample: full == nil ? 0 : 1),
    Row(
      "one driver's autopsy from the record, \(replicates) replicates", single, "s", .atMost(5), on: "DRY",
      sample: single == nil ? 0 : 1),
    Row("all races read, fitted and taken apart", whole, "s", .atMost(600), on: "ALL", sample: all.count),
  ]
}
