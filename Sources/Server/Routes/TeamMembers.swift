import Racing

extension JSONWriter {
  /// Which races of a season are in a table, and which are not yet.
  mutating func members(of season: SeasonDigests, year: Int, library: RaceLibrary) {
    let summaries = season.races.compactMap { library.summary($0.key) }
    field("synthetic", summaries.contains(where: \.isSynthetic))
    field("season", year)
    field("computed", season.races.count)
    array("pending", season.pending) { $0.value($1.slug) }
    array("notModelled", season.refused) { $0.value($1.slug) }
    array("races", summaries) { json, race in
      json.object { json in
        json.field("round", race.key.round)
        json.field("gp", race.slug)
        json.field("name", race.name)
      }
    }
  }

  /// A team's season. Times are ms a car and race; positive is time lost.
  mutating func members(of team: TeamSeason, colour: String?) {
    field("team", team.team)
    field("slug", Api.slug(team.team))
    field("colour", colour)
    array("drivers", team.drivers) { $0.value($1.description) }
    field("raceCount", team.races)
    field("isProvisional", team.races < TeamSeason.racesForInterval)
    array("costs", AutopsyCause.allCases) { json, cause in
      json.object { json in
        json.field("cause", cause.key)
        json.field("title", cause.title)
        json.members(of: team.causes[cause.rawValue])
        json.field("pointsLost", team.pointsLost[cause.rawValue])
      }
    }
    object("residual") { $0.members(of: team.residual) }
    object("decision") { $0.members(of: team.decision) }
    object("luck") { $0.members(of: team.luck) }
    object("pitStops") { json in
      json.field("count", team.stops)
      json.field("medianMilliseconds", team.crew?.median)
      json.field("slowestTenthMilliseconds", team.crew?.slow)
    }
    calls("calls", team.calls)
    field("safetyCarRegretMilliseconds", team.safetyCarRegret)
    array("trend", team.trend) { json, race in
      json.object { json in
        json.field("round", race.race.round)
        json.array("milliseconds", race.costs) { $0.value($1) }
      }
    }
  }

  private mutating func members(of figure: TeamSeason.Figure) {
    field("milliseconds", figure.mean)
    field("plainMilliseconds", figure.plain)
    interval(figure.interval)
  }

  private mutating func interval(_ interval: ClosedRange<Int64>?) {
    guard let interval else { return null("interval") }
    object("interval") { json in
      json.field("low", interval.lowerBound)
      json.field("high", interval.upperBound)
    }
  }

  private mutating func calls(_ key: StaticString, _ calls: RaceDigest.Calls?) {
    guard let calls else { return null(key) }
    object(key) { json in
      json.field("inWindow", calls.inWindow)
      json.field("early", calls.early)
      json.field("late", calls.late)
    }
  }

  /// One race of one driver.
  mutating func members(of driver: RaceDigest.Driver, in race: RaceSummary?) {
    field("round", race?.key.round)
    field("gp", race?.slug)
    field("reason", driver.refusal)
    field("totalLossMilliseconds", driver.costs.isEmpty ? nil : driver.totalLoss)
    array("costs", driver.costs.enumerated()) { json, cost in
      json.object { json in
        json.field("cause", AutopsyCause.allCases[cost.offset].key)
        json.members(of: cost.element)
      }
    }
    field("decisionMilliseconds", driver.decision)
    field("luckMilliseconds", driver.luck)
    array("pitStops", driver.stops) { $0.value($1) }
    calls("calls", driver.calls)
    field("safetyCarRegretMilliseconds", driver.safetyCarRegret)
  }

  /// One cell of the blame heatmap.
  mutating func members(of cell: BlameGrid.Cell, _ race: RaceSummary?) {
    field("round", cell.race.round)
    field("gp", race?.slug)
    field("reason", cell.refusal)
    if let cost = cell.cost { members(of: cost) }
  }

  private mutating func members(of cost: RaceDigest.Cost) {
    field("milliseconds", cost.milliseconds)
    interval(cost.interval)
    field("uncertain", cost.isUncertain)
    field("placesLost", cost.lost?.places)
    field("pointsLost", cost.lost?.points)
  }
}
