public import Events
public import Racing

extension ReadModel {
  /// What sort of account it is; nil when it is not known or erased. O(1).
  public func kind(of user: UserID) -> UserRegistered.Kind? {
    playerIDs.ordinal(of: WideKey(user)).flatMap { UserRegistered.Kind(code: players[$0].kind) }
  }

  /// Runs of an account on a race that got beyond lap 1, one of them left out. O(1).
  public func runs(of user: UserID, on race: RaceKey, besides simulation: StreamID?) -> Int {
    guard let player = playerIDs.ordinal(of: WideKey(user)), let race = races.ordinal(of: race),
      let ordinal = attempts.ordinal(of: PairKey(player, UInt32(race)))
    else { return 0 }
    let count = Int(attemptCounts[ordinal])
    guard let simulation, let run = runIDs.ordinal(of: WideKey(simulation)), runs[run].player == player,
      runs[run].race == race, runs[run].flags.contains(.beyond)
    else { return count }
    return count - 1
  }

  /// Runs of an account, of any kind. O(1).
  public func runCount(of user: UserID) -> Int {
    playerIDs.ordinal(of: WideKey(user)).map { Int(players[$0].runCount) } ?? 0
  }

  /// A run; nil when there is none or its account was erased. O(1).
  public func simulation(_ id: StreamID) -> SimulationRecord? {
    guard let run = runIDs.ordinal(of: WideKey(id)), !isErased(run) else { return nil }
    return record(run)
  }

  /// Runs of an account by start, behind the one given. O(1) a run; without `after` from the first.
  public func simulations(of user: UserID, after simulation: StreamID? = nil, limit: Int) -> [SimulationRecord] {
    guard let player = playerIDs.ordinal(of: WideKey(user)) else { return [] }
    var link = players[player].firstRun
    if let simulation {
      guard let run = runIDs.ordinal(of: WideKey(simulation)), runs[run].player == player else { return [] }
      link = runs[run].nextOfPlayer
    }
    var page: [SimulationRecord] = []
    while page.count < limit, let run = link.ordinal {
      page.append(record(run))
      link = runs[run].nextOfPlayer
    }
    return page
  }

  /// Ranked first attempts that go on but were not touched since a time, by start: they are due to be abandoned.
  ///
  /// - Complexity: O(runs).
  public func rankedRuns(untouchedSince seconds: Int64, limit: Int) -> [StreamID] {
    var due: [StreamID] = []
    for run in 0..<UInt32(runs.count) where due.count < limit {
      let row = runs[run]
      guard row.status == .running, Int64(row.touched) < seconds,
        row.flags.isSuperset(of: [.first, .startedRanked]), !row.flags.contains(.erased)
      else { continue }
      due.append(streamID(run))
    }
    return due
  }

  /// How much there is, erased accounts excluded.
  public var statistics: Statistics {
    Statistics(
      users: totals.players, simulations: totals.runs, finishedSimulations: totals.finishedRuns,
      rankedSimulations: totals.rankedRuns, decisions: totals.decisions, races: Int64(races.races.count))
  }

  /// Counters of everything.
  public struct Statistics: Sendable, Equatable {
    /// Accounts.
    public var users: Int64
    /// Runs.
    public var simulations: Int64
    /// Runs that reached the flag.
    public var finishedSimulations: Int64
    /// Of those, the ranked ones.
    public var rankedSimulations: Int64
    /// Decisions.
    public var decisions: Int64
    /// Races.
    public var races: Int64
  }
}

extension ReadModel {
  func streamID(_ run: UInt32) -> StreamID {
    let key = runIDs.keys[run]
    return StreamID(high: key.high, low: key.low)
  }

  func userID(_ player: UInt32) -> UserID {
    let key = playerIDs.keys[player]
    return UserID(high: key.high, low: key.low)
  }

  func record(_ run: UInt32) -> SimulationRecord {
    let row = runs[run]
    let result = row.result.ordinal.map { results[$0] }
    return SimulationRecord(
      id: streamID(run), user: userID(row.player), race: races[row.race].key, driver: races.drivers[Int(row.driver)],
      mode: row.flags.contains(.hindsight) ? .hindsight : .live, status: SimulationRecord.Status(row.status),
      isRanked: result.map { $0.isRanked != 0 } ?? row.flags.contains(.startedRanked),
      isWholePlan: row.flags.contains(.wholePlan), attempt: result.map { Int32($0.attempt) },
      startLap: Int32(row.startLap), lap: Int32(row.lap), optimum: Int64(row.optimum),
      forkOf: row.forkOf.ordinal.map(streamID), started: Position(rawValue: row.started),
      ended: row.ended == 0 ? nil : Position(rawValue: row.ended), touchedSeconds: Int64(row.touched),
      result: result.map { SimulationRecord.Result($0) })
  }
}

extension SimulationRecord.Status {
  fileprivate init(_ status: RunRow.Status) {
    switch status {
    case .running: self = .running
    case .finished: self = .finished
    case .abandoned: self = .abandoned
    }
  }
}

extension SimulationRecord.Result {
  fileprivate init(_ row: ResultRow) {
    self.init(
      pitTiming: Int32(row.pitTiming), tyreEfficiency: Int32(row.tyreEfficiency),
      safetyCarReaction: row.safetyCarReaction < 0 ? nil : Int32(row.safetyCarReaction),
      raceOutcome: Int32(row.raceOutcome), iq: Int32(row.iq), total: Int64(row.total),
      toOptimum: Int64(row.toOptimum), toReal: Int64(row.toReal), place: Int32(row.place),
      startCompound: Compound(rawValue: row.startCompound) ?? .soft, stops: row.stops,
      stopCount: Int32(row.stopCount), undercutGain: row.undercutGain == .min ? nil : Int64(row.undercutGain))
  }
}
