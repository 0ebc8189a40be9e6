import ArgumentParser
import Racing
import Server

/// A race as people name it: season and Grand Prix.
struct RaceArgument: ParsableArguments {
  @Argument(help: "Season, such as 2023.")
  var year: Int

  @Argument(help: "Grand Prix as in URLs, such as monaco.")
  var gp: String

  /// The race, or a failure that lists what there is.
  func find(in parts: ServerParts) throws -> RaceSummary {
    if let race = parts.library.summary(season: year, slug: gp) { return race }
    let known = parts.library.summaries.map { "\($0.key.season) \($0.slug)" }
    let list = known.isEmpty ? "none yet" : known.prefix(20).joined(separator: ", ") + (known.count > 20 ? ", …" : "")
    throw Failure.usage("There is no race '\(year) \(gp)'. Races here: \(list). Bring one in with 'blame import'.")
  }
}

/// A driver's code from the command line.
func driverCode(_ text: String, in race: RaceSummary) throws -> DriverCode {
  let known = race.drivers.map(\.code)
  guard let code = DriverCode(text.uppercased()), known.contains(code) else {
    let list = known.map(\.description).joined(separator: " ")
    throw Failure.usage("'\(text)' did not drive in \(race.key.season) \(race.slug). Drivers: \(list).")
  }
  return code
}

/// A compound's name from the command line.
func compound(_ text: String) throws -> Compound {
  guard let compound = Compound(name: text.uppercased()) else {
    throw Failure.usage("'\(text)' is not a tyre: use SOFT, MEDIUM, HARD, INTERMEDIATE or WET, or the first letter.")
  }
  return compound
}
