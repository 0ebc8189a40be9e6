import Commands
import Events
import Racing

extension Api {
  /// What another pit lap would have brought a driver: regret, rejoin, undercut and overcut, lap by lap.
  func pitLaps(_ call: Call) async throws(Problem) -> Answer {
    let race = try summary(call)
    let driver = try driverCode(call.parameters[2], in: race, parameter: "driver")
    let isCSV = try wantsCSV(call)
    try await disclose(race, to: call, what: "windows")
    let table: PitLapTable
    do throws(CatalogError) { table = try await library.pitLaps(of: race.key, driver: driver) } catch {
      throw Problem(error, race: race)
    }
    if isCSV {
      return answers.plain(
        table.csv, type: .csv, call, name: "\(race.key.season)-\(race.slug)-\(driver)-pit-laps.csv")
    }
    var json = JSONWriter(capacity: 16_384)
    json.field("synthetic", race.isSynthetic)
    json.field("season", race.key.season)
    json.field("round", race.key.round)
    json.field("gp", race.slug)
    json.members(of: table)
    return answers.answer(
      of: .init(members: json.bytes, caching: .revalidate), call, position: live.position.rawValue,
      model: library.modelVersion)
  }
}

extension JSONWriter {
  fileprivate mutating func members(of table: PitLapTable) {
    field("driver", table.driver.description)
    field("start", table.start.name)
    field("stopLossMilliseconds", table.stopLoss)
    field("isEstimate", true)
    array("pitLaps", table.rows) { json, row in json.object { $0.members(of: row) } }
  }

  private mutating func members(of row: PitLapTable.Row) {
    field("lap", row.lap)
    field("trackStatus", row.kind.name)
    field("regretMilliseconds", row.regret)
    field("compound", row.compound?.name)
    field("rejoinPlace", row.rejoinPlace)
    neighbour("ahead", row.gapAhead)
    neighbour("behind", row.gapBehind)
    field("undercutMilliseconds", row.undercut)
    field("overcutMilliseconds", row.overcut)
  }

  private mutating func neighbour(_ key: StaticString, _ neighbour: PitLapTable.Neighbour?) {
    guard let neighbour else { return null(key) }
    object(key) { json in
      json.field("driver", neighbour.driver.description)
      json.field("gapMilliseconds", neighbour.milliseconds)
    }
  }
}

extension PitLapTable {
  /// The table with a header, a row a lap; nothing where a value is unknown.
  var csv: [UInt8] {
    func text(_ value: (some CustomStringConvertible)?) -> String { value?.description ?? "" }
    var lines =
      "lap,trackStatus,regretMilliseconds,compound,rejoinPlace,ahead,gapAheadMilliseconds,behind,gapBehindMilliseconds,undercutMilliseconds,overcutMilliseconds\r\n"
    for row in rows {
      let cells = [
        "\(row.lap)", row.kind.name, text(row.regret), text(row.compound?.name), text(row.rejoinPlace),
        text(row.gapAhead?.driver), text(row.gapAhead?.milliseconds), text(row.gapBehind?.driver),
        text(row.gapBehind?.milliseconds), text(row.undercut), text(row.overcut),
      ]
      lines += cells.joined(separator: ",") + "\r\n"
    }
    return Array(lines.utf8)
  }
}
