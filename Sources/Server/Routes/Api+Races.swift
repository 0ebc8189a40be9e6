import Commands
import Events
import NIOCore
import Postgres
import Racing
import Timing

extension Api {
  func races(_ call: Call) async throws(Problem) -> Answer {
    try await awaitPosition(call)
    let season = try call.query.integer("season", in: 1950...2999)
    let races = library.summaries.filter { season == nil || Int($0.key.season) == season }
    var json = JSONWriter(capacity: 8192)
    json.array("races", races) { json, race in json.object { $0.members(of: race, isDetailed: false) } }
    return answers.answer(
      of: .init(members: json.bytes, caching: .revalidate), call, position: live.position.rawValue,
      model: library.modelVersion)
  }

  func race(_ call: Call) async throws(Problem) -> Answer {
    let race = try summary(call)
    let model = await modelMembers(race)
    var json = JSONWriter(capacity: 4096)
    json.field("synthetic", race.isSynthetic)
    json.object("race") { $0.members(of: race, isDetailed: true) }
    json.members(model)
    return answers.answer(
      of: .init(members: json.bytes, caching: .revalidate), call, position: live.position.rawValue,
      model: library.modelVersion)
  }

  func laps(_ call: Call) async throws(Problem) -> Answer {
    let race = try summary(call)
    let only = try driver(call.query["driver"], in: race)
    let isCSV = try wantsCSV(call)
    let record: RaceRecord
    do throws(CatalogError) { record = try await library.record(of: race.key) } catch {
      throw Problem(error, race: race)
    }
    try await disclose(race, to: call, what: "laps")
    if isCSV {
      return answers.plain(
        LapTable(record, only: only).csv, type: .csv, call, name: "\(race.key.season)-\(race.slug)-laps.csv")
    }
    var json = JSONWriter(capacity: 65_536)
    json.field("synthetic", race.isSynthetic)
    LapTable(record, only: only).write(to: &json)
    return answers.answer(
      of: .init(members: json.bytes, caching: .revalidate), call, position: live.position.rawValue,
      model: library.modelVersion)
  }

  /// What the sources of a race tell differently.
  func disagreements(_ call: Call) async throws(Problem) -> Answer {
    let race = try summary(call)
    let found: [Disagreement]
    do throws(RaceStoreError) { found = try await raceStore.disagreements(race.key) } catch {
      throw Problem(CatalogError(error), race: race)
    }
    try await disclose(race, to: call, what: "disagreements")
    var json = JSONWriter(capacity: 8192)
    json.field("synthetic", race.isSynthetic)
    json.array("disagreements", found) { json, disagreement in json.object { $0.members(of: disagreement) } }
    return answers.answer(
      of: .init(members: json.bytes, caching: .revalidate), call, position: live.position.rawValue,
      model: library.modelVersion)
  }

  /// The race that a path names by year and Grand Prix.
  func summary(_ call: Call) throws(Problem) -> RaceSummary {
    let year = try call.year(0)
    guard let race = library.summary(season: year, slug: call.parameters[1]) else {
      throw Problem(
        .unknownRace,
        "There is no race \"\(call.parameters[1].prefix(64))\" of \(year) here; GET /api/v1/races lists what there is.",
        parameter: "gp")
    }
    return race
  }

  /// Writes down that a signed-in account is about to see something of a race.
  func disclose(_ race: RaceSummary, to call: Call, what: String) async throws(Problem) {
    guard let caller = call.caller else { return }
    do { try await disclosures.record(caller.id, race.key, what: what) } catch { throw Problem(error) }
  }

  private func driver(_ text: String?, in race: RaceSummary) throws(Problem) -> DriverCode? {
    guard let text else { return nil }
    guard let code = DriverCode(text.uppercased()), race.drivers.contains(where: { $0.code == code }) else {
      let known = race.drivers.map(\.code.description)
      throw Problem(
        .unknownDriver, "\"\(text.prefix(32))\" did not drive in this race; \(known.joined(separator: ", ")) did.",
        parameter: "driver", extras: [.texts("known", known)])
    }
    return code
  }

  /// True for a table of comma-separated values, by `format=` or else by what the client accepts.
  func wantsCSV(_ call: Call) throws(Problem) -> Bool {
    switch call.query["format"] {
    case "csv": return true
    case "json": return false
    case let other?:
      throw Problem(.notAcceptable, "format is \"\(other.prefix(32))\"; json or csv was expected.", parameter: "format")
    case nil: return call.accept.contains("text/csv") && !call.accept.contains("application/json")
    }
  }

  /// What the model says of a race: its version and hash and who can be played, or why there is none.
  private func modelMembers(_ race: RaceSummary) async -> [UInt8] {
    var json = JSONWriter()
    do throws(CatalogError) {
      let artefact = try await library.artefact(of: race.key)
      let points = try await library.decisionPoints(of: race.key)
      json.object("modelled") { json in
        json.field("model", artefact.modelVersion)
        json.field("artefact", artefact.hash)
        json.field("fuelMicroseconds", artefact.parameters.first { $0.name == "fuel" }?.microseconds)
        json.field("wet", artefact.isWet)
        json.array("playable", artefact.cars.filter(\.isPlayable)) { $0.value($1.code.description) }
        json.array("compounds", artefact.compounds) { $0.value($1.name) }
      }
      json.array("decisionPoints", points) { json, point in
        json.object { json in
          json.field("driver", point.driver.description)
          json.field("lap", point.lap)
          json.field("startLap", point.startLap)
        }
      }
      json.null("notModelled")
    } catch {
      json.null("modelled")
      json.array("decisionPoints", []) { (_: inout JSONWriter, _: Int) in }
      json.field("notModelled", Problem(error, race: race).detail)
    }
    return json.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func members(of disagreement: Disagreement) {
    field("driver", disagreement.driver?.description)
    field("lap", disagreement.lap)
    field("field", disagreement.field)
    field("kept", disagreement.kept)
    field("keptSource", disagreement.keptSource)
    field("other", disagreement.other)
    field("otherSource", disagreement.otherSource)
    field("rule", disagreement.rule)
    field("severity", disagreement.severity.rawValue)
  }

  fileprivate mutating func members(of race: RaceSummary, isDetailed: Bool) {
    field("season", race.key.season)
    field("round", race.key.round)
    field("gp", race.slug)
    field("name", race.name)
    field("circuit", race.circuit)
    field("date", race.date.isEmpty ? nil : race.date)
    field("laps", race.lapCount)
    field("synthetic", race.isSynthetic)
    field("quality", race.quality.rawValue)
    array("compounds", race.compounds) { $0.value($1.name) }
    array("drivers", race.drivers) { json, driver in json.object { $0.members(of: driver) } }
    if isDetailed { details(of: race) }
  }

  private mutating func members(of driver: RaceSummary.Driver) {
    field("code", driver.code.description)
    field("name", driver.name)
    field("team", driver.team)
    field("colour", driver.teamColour)
    field("number", driver.number)
    field("grid", driver.grid)
  }

  private mutating func details(of race: RaceSummary) {
    field("qualityNote", race.qualityNote)
    field("digest", race.digest)
    object("rules") { json in
      json.field("minimumDryCompounds", race.rules.minimumDryCompounds)
      json.field("minimumStops", race.rules.minimumStops)
      json.field("maximumStintLaps", race.rules.maximumStintLaps)
    }
    array("provenance", race.provenance) { json, part in
      json.object { json in
        json.field("part", part.part)
        json.field("source", part.source)
        json.field("digest", part.digest)
      }
    }
  }
}

extension Problem {
  /// The problem a race without a model or a world is for whoever asked.
  init(_ error: CatalogError, race: RaceSummary) {
    let name = "\(race.key.season)/\(race.slug)"
    switch error {
    case .unknownRace: self.init(.unknownRace, "There is no race \(name) here.")
    case .unknownDriver(let known):
      self.init(
        .unknownDriver, "Nobody of that code drove in \(name).", extras: [.texts("known", known.map(\.description))])
    case .notPlayable(let reason): self.init(.notPlayable, Self.sentence(reason))
    case .refused(let reason): self.init(.notPlayable, "The race \(name) cannot be simulated: \(reason).")
    case .superseded: self.init(.conflict, "The race's data changed and what was asked for is gone.")
    case .unavailable: self.init(.databaseAway, "The race cannot be loaded at the moment.", retryAfterSeconds: 1)
    }
  }
}
