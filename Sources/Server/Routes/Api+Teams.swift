import Commands
import Events
import Racing

extension Api {
  /// Where the teams of a season lose their seconds.
  func teams(_ call: Call) async throws(Problem) -> Answer {
    let year = try call.query.integer("year", in: 1950...2999) ?? latestSeason
    let season = try await season(year, call)
    var json = JSONWriter(capacity: 16_384)
    json.members(of: season, year: year, library: library)
    json.array("teams", TeamSeason.seasons(of: season.races)) { json, team in
      json.object { $0.members(of: team, colour: teamColour(team.team, year)) }
    }
    return answered(json, call)
  }

  /// One team of a season, race by race and car by car.
  func team(_ call: Call) async throws(Problem) -> Answer {
    let year = try call.year(0)
    let wanted = Self.slug(call.parameters[1])
    try requireTeam(wanted, year, call)
    let season = try await season(year, call)
    guard let team = TeamSeason.seasons(of: season.races).first(where: { Self.slug($0.team) == wanted }) else {
      guard season.pending.isEmpty else {
        throw Problem(
          .notReady, "The races of \(year) are still being taken apart: \(season.pending.count) are left.",
          retryAfterSeconds: 2)
      }
      throw Problem(
        .noAutopsy, "No race of \(wanted) in \(year) could be taken apart; GET /api/v1/teams?year=\(year) says why.")
    }
    var json = JSONWriter(capacity: 32_768)
    json.members(of: season, year: year, library: library)
    json.members(of: team, colour: teamColour(team.team, year))
    json.array("cars", team.drivers) { json, code in
      json.object { json in
        json.field("driver", code.description)
        json.array("races", season.races) { json, race in
          guard let driver = race.drivers.first(where: { $0.code == code && $0.team == team.team }) else { return }
          json.object { $0.members(of: driver, in: library.summary(race.key)) }
        }
      }
    }
    return answered(json, call)
  }

  /// What a cause cost every driver in every race of a season.
  func blameHeatmap(_ call: Call) async throws(Problem) -> Answer {
    let year = try call.year(0)
    let cause = try cause(call.query["cause"] ?? AutopsyCause.strategy.key)
    let isCSV = try wantsCSV(call)
    let season = try await season(year, call)
    let grid = BlameGrid(season.races, cause: cause)
    if isCSV {
      return answers.plain(
        grid.csv(library), type: .csv, call, name: "\(year)-\(cause.key).csv")
    }
    var json = JSONWriter(capacity: 65_536)
    json.members(of: season, year: year, library: library)
    json.field("cause", cause.key)
    json.field("title", cause.title)
    json.array("drivers", grid.rows) { json, row in
      json.object { json in
        json.field("driver", row.driver.description)
        json.field("team", row.team)
        json.field("colour", teamColour(row.team, year))
        json.array("races", row.cells) { json, cell in json.object { $0.members(of: cell, library.summary(cell.race)) }
        }
      }
    }
    return answered(json, call)
  }

  private func answered(_ json: JSONWriter, _ call: Call) -> Answer {
    answers.answer(
      of: .init(members: json.bytes, caching: .revalidate), call, position: live.position.rawValue,
      model: library.modelVersion)
  }

  private var latestSeason: Int { library.summaries.last.map { Int($0.key.season) } ?? 2000 }

  /// Refuses a team that did not drive in a season, without waiting for the figures of any.
  private func requireTeam(_ slug: String, _ year: Int, _ call: Call) throws(Problem) {
    var known = Set<String>()
    for race in library.summaries where Int(race.key.season) == year {
      for driver in race.drivers where !driver.team.isEmpty { known.insert(Self.slug(driver.team)) }
    }
    guard !known.isEmpty else { throw unknownSeason(year) }
    guard known.contains(slug) else {
      throw Problem(
        .unknownTeam,
        "No team \"\(call.parameters[1].prefix(64))\" drove in \(year); \(known.sorted().joined(separator: ", ")) did.",
        parameter: "team", extras: [.texts("known", known.sorted())])
    }
  }

  private func unknownSeason(_ year: Int) -> Problem {
    Problem(.unknownRace, "No race of \(year) is here; GET /api/v1/races lists what there is.", parameter: "year")
  }

  /// The races of a season that a call wants: all, or with `dry=1` those without rain.
  private func season(_ year: Int, _ call: Call) async throws(Problem) -> SeasonDigests {
    let isDryOnly = try call.query.integer("dry", in: 0...1) == 1
    guard library.summaries.contains(where: { Int($0.key.season) == year }) else {
      throw unknownSeason(year)
    }
    var season: SeasonDigests
    do throws(CatalogError) { season = try await library.digests(season: year, patience: limits.digestWait) } catch {
      throw Problem(.databaseAway, "The races cannot be loaded at the moment.", retryAfterSeconds: 1)
    }
    if isDryOnly { season.races.removeAll(where: \.isWet) }
    return season
  }

  private func cause(_ text: String) throws(Problem) -> AutopsyCause {
    guard let cause = AutopsyCause.allCases.first(where: { $0.key == text || "\($0)" == text }) else {
      let known = AutopsyCause.allCases.map(\.key)
      throw Problem(
        .invalidValue, "cause is \"\(text.prefix(32))\"; one of \(known.joined(separator: ", ")) was expected.",
        parameter: "cause", extras: [.texts("known", known)])
    }
    return cause
  }

  private func teamColour(_ team: String, _ year: Int) -> String? {
    for race in library.summaries.reversed() where Int(race.key.season) == year {
      if let colour = race.drivers.first(where: { $0.team == team })?.teamColour { return colour }
    }
    return nil
  }

  /// A team's name in URLs: lower case, one hyphen for everything that is no letter or digit.
  static func slug(_ name: String) -> String {
    name.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
  }
}

/// One cause by driver and race.
struct BlameGrid {
  /// One race of a driver.
  struct Cell {
    let race: RaceKey
    let cost: RaceDigest.Cost?
    let refusal: String?
  }

  /// One driver in a team.
  struct Row {
    let driver: DriverCode
    let team: String
    let cells: [Cell]
  }

  private struct Seat: Hashable {
    let driver: DriverCode
    let team: String
  }

  let cause: AutopsyCause
  /// By team, then driver.
  let rows: [Row]

  init(_ races: [RaceDigest], cause: AutopsyCause) {
    self.cause = cause
    var cells: [Seat: [Cell]] = [:]
    for race in races {
      for driver in race.drivers {
        let cost = driver.costs.isEmpty ? nil : driver.costs[cause.rawValue]
        cells[Seat(driver: driver.code, team: driver.team), default: []].append(
          Cell(race: race.key, cost: cost, refusal: driver.refusal))
      }
    }
    rows = cells.map { Row(driver: $0.key.driver, team: $0.key.team, cells: $0.value) }
      .sorted { ($0.team, $0.driver) < ($1.team, $1.driver) }
  }

  /// The grid with a header, a row a driver and race.
  func csv(_ library: RaceLibrary) -> [UInt8] {
    func text(_ value: (some CustomStringConvertible)?) -> String { value?.description ?? "" }
    var lines = "team,driver,round,gp,cause,milliseconds,low,high,places,points,reason\r\n"
    for row in rows {
      for cell in row.cells {
        let fields = [
          "\"\(row.team)\"", "\(row.driver)", "\(cell.race.round)", text(library.summary(cell.race)?.slug), cause.key,
          text(cell.cost?.milliseconds), text(cell.cost?.interval?.lowerBound), text(cell.cost?.interval?.upperBound),
          text(cell.cost?.lost?.places), text(cell.cost?.lost?.points), text(cell.refusal),
        ]
        lines += fields.joined(separator: ",") + "\r\n"
      }
    }
    return Array(lines.utf8)
  }
}
