import Commands
import EventStore
import Events
import HTTPTypes
import Projections
import Racing

extension Api {
  /// A driver's race on paper. Whoever has no Pro gets its first page with 402.
  func report(_ call: Call) async throws(Problem) -> Answer {
    let race = try summary(call)
    let driver = try driverCode(call.parameters[2], in: race, parameter: "driver")
    let isCSV = try wantsCSV(call)
    try live.requireReady()
    try await disclose(race, to: call, what: "report")
    let report = try await report(race, driver, call)
    if call.extent == .preview { return Self.preview(of: report) }
    if isCSV {
      return answers.plain(report.csv, type: .csv, call, name: "\(race.key.season)-\(race.slug)-\(driver)-report.csv")
    }
    var json = JSONWriter(capacity: 65_536)
    json.object { $0.members(of: report) }
    return Answer(json)
  }

  private static func preview(of report: Report) -> Answer {
    var problem = Problem(.proOnly, "The report beyond its first page is for accounts with Pro.")
    problem.extras = [.texts("holds", Report.holds)]
    return Answer(problem) { $0.firstPage(of: report) }
  }

  private func report(_ race: RaceSummary, _ driver: DriverCode, _ call: Call) async throws(Problem) -> Report {
    let model = call.query["model"] ?? library.modelVersion
    let past = try await past(call)
    if model == library.modelVersion { try await takeApart(race, driver) }
    let history = try await raceHistory(race)
    let position: Position
    if let past { position = past.position } else { position = max(try await newestSigned(), history.lastImport) }
    guard let imported = history.imported(at: position) else {
      throw Problem(.unknownRace, "At event \(position.rawValue) the race was not here yet.", parameter: "asOf")
    }
    let stored = try await stored(imported, model, driver)
    var crowd: ReadModel
    if let past { crowd = past } else { crowd = try await self.model(at: position) }
    let reference: CrowdReference
    do throws(CatalogError) { reference = try await library.reference(of: imported, model: model) } catch {
      throw Problem(error, race: race)
    }
    return Report(
      race: imported, position: position, root: try await root(at: position), model: model, autopsy: stored,
      finding: history.finding(imported.digest, model, driver),
      windows: crowd.crowd(circuit: imported.circuit, season: imported.race.season, pooling: 0)?
        .optimalStrategy(reference))
  }

  /// Computes the autopsy now, if it never was.
  private func takeApart(_ race: RaceSummary, _ driver: DriverCode) async throws(Problem) {
    do throws(AutopsyFailure) {
      _ = try await library.autopsyMembers(of: race.key, driver: driver, record: recordAutopsy)
    } catch { throw Problem(error, race: race) }
  }

  private func stored(
    _ race: RaceImported, _ model: String, _ driver: DriverCode
  ) async throws(Problem) -> StoredAutopsy {
    let bytes: [UInt8]?
    do throws(RaceStoreError) {
      bytes = try await library.store.autopsyBytes(recordDigest: race.digest, modelVersion: model, driver: driver)
    } catch { throw Problem(.databaseAway, "The autopsy cannot be loaded at the moment.", retryAfterSeconds: 1) }
    guard let bytes else {
      if library.store.isReadOnly { throw .readOnly }
      throw Problem(
        .noAutopsy, "\(driver)'s race was never taken apart with these data by the model \"\(model.prefix(64))\".",
        parameter: "model")
    }
    do throws(JSONSyntaxError) { return try StoredAutopsy(members: bytes) } catch {
      throw Problem(.internalError, "The stored autopsy cannot be read.")
    }
  }

  /// The newest position that queries see and a checkpoint covers, so that nothing has to be waited for.
  private func newestSigned() async throws(Problem) -> Position {
    do throws(TransparencyError) {
      return min(live.position, Position(rawValue: try await tree.checkpoint().checkpoint.size))
    } catch {
      guard case .noCheckpoint = error else { throw Problem(error) }
      return live.position
    }
  }

  /// The root of the tree of the first `position` events; nil where the log is not signed at all.
  private func root(at position: Position) async throws(Problem) -> TreeHash? {
    guard position > .zero else { return nil }
    do throws(TransparencyError) { _ = try await tree.checkpoint() } catch {
      guard case .noCheckpoint = error else { throw Problem(error) }
      return nil
    }
    let last = try await event(at: position)
    let path = try await signed(position) { () async throws(TransparencyError) in
      try await tree.inclusion(of: position, size: position.rawValue)
    }
    return TreeProof.root(
      leaf: EventRow(last).leafHash, index: position.rawValue - 1, size: position.rawValue, path: path)
  }

  private func raceHistory(_ race: RaceSummary) async throws(Problem) -> RaceHistory {
    do { return RaceHistory(try await reader.events(of: StreamID(race: race.key))) } catch { throw Problem(error) }
  }
}

/// What the log says of a race.
private struct RaceHistory {
  private let events: [RecordedEvent]

  init(_ events: [RecordedEvent]) { self.events = events }

  /// Where the newest data came in.
  var lastImport: Position { events.last { $0.event.type == .raceImported }?.position ?? .zero }

  /// The data in force at a position.
  func imported(at position: Position) -> RaceImported? {
    for event in events.reversed() where event.position <= position {
      if case .raceImported(let imported) = event.event { return imported }
    }
    return nil
  }

  /// Where an autopsy of those data by that model was recorded.
  func finding(_ digest: String, _ model: String, _ driver: DriverCode) -> Report.Finding? {
    for event in events {
      guard case .autopsyComputed(let computed) = event.event, computed.record == digest, computed.model == model,
        computed.driver == driver
      else { continue }
      return Report.Finding(position: event.position, answer: computed.answer)
    }
    return nil
  }
}
