public import Events
public import Racing

/// A run as the projections know it.
public struct RunRecord: Sendable, Equatable {
  /// How far it is.
  public enum Status: UInt8, Sendable { case running, finished, abandoned }

  /// Its stream.
  public let id: StreamID
  /// Whose it is.
  public let player: UserID
  /// The race.
  public let race: RaceKey
  /// The car.
  public let driver: DriverCode
  /// How far it is.
  public let status: Status
  /// The last lap driven.
  public let lap: Int
  /// Position of its first event.
  public let started: Position
  /// Position of the event that ended it; nil while it runs.
  public let ended: Position?
  /// It was begun to be ranked.
  public let startedRanked: Bool
  /// The whole plan was sent in one call.
  public let isWholePlan: Bool
  /// The best possible finish from its start, ms.
  public let optimum: Int64
  /// How it ended; nil unless it finished.
  public let result: Result?

  /// How a run was judged.
  public struct Result: Sendable, Equatable {
    /// 1 + other runs of the account on the race that got beyond lap 1 by then.
    public let attempt: Int
    /// It ended ranked.
    public let isRanked: Bool
    /// In hundredths.
    public let iq: Int
    /// In hundredths.
    public let pitTiming: Int
    /// In hundredths.
    public let tyreEfficiency: Int
    /// In hundredths; nil when the race had no safety car.
    public let safetyCarReaction: Int?
    /// In hundredths.
    public let raceOutcome: Int
    /// Elapsed ms at the flag.
    public let total: Int64
    /// Against the best possible finish, ms.
    public let toOptimum: Int64
    /// Against the real plan simulated, ms.
    public let toReal: Int64
    /// Finishing place.
    public let place: Int
    /// The tyre at the start.
    public let startCompound: Compound
    /// The first stops, in order.
    public let stops: [SimulationFinished.Stop]
    /// All stops.
    public let stopCount: Int
    /// What it adds to windows, millionths.
    public let weight: Int
  }
}

/// A decision as the projections know it.
public struct DecisionRecord: Sendable, Equatable {
  /// Its place in the log.
  public let position: Position
  /// The run it belongs to.
  public let run: StreamID
  /// The lap it is for.
  public let lap: Int
  /// What was decided.
  public let kind: DecisionMade.Kind
  /// The tyre; nil where there is none.
  public let compound: Compound?
  /// The pace; nil where there is none.
  public let pace: PaceMode?
  /// What it cost, ms.
  public let regret: Int64
  /// It counts as free of regret.
  public let isOptimal: Bool
}

extension ReadModel {
  /// A run; nil when there is none of that stream, or its account was erased. O(1).
  public func run(_ id: StreamID) -> RunRecord? {
    runIDs.ordinal(of: WideKey(id)).flatMap { run(ordinal: $0) }
  }

  /// A run by its ordinal in order of start; nil when its account was erased. O(1).
  public func run(ordinal: UInt32) -> RunRecord? {
    let row = runs[ordinal]
    guard !row.flags.contains(.erased) else { return nil }
    let (key, player) = (runIDs.keys[ordinal], playerIDs.keys[row.player])
    return RunRecord(
      id: StreamID(high: key.high, low: key.low), player: UserID(high: player.high, low: player.low),
      race: shelf.races[Int(row.race)].key, driver: shelf.drivers[Int(row.driver)],
      status: .init(rawValue: row.status.rawValue) ?? .running, lap: Int(row.lap),
      started: Position(rawValue: row.started), ended: row.ended == 0 ? nil : Position(rawValue: row.ended),
      startedRanked: row.flags.contains(.startedRanked), isWholePlan: row.flags.contains(.wholePlan),
      optimum: Int64(row.optimum), result: row.result.ordinal.map { RunRecord.Result(results[$0]) })
  }

  /// The runs of an account, oldest first. O(runs).
  public func runs(of user: UserID) -> [RunRecord] {
    guard let player = playerIDs.ordinal(of: WideKey(user)) else { return [] }
    var records: [RunRecord] = []
    var next = players[player].firstRun
    while let ordinal = next.ordinal {
      if let record = run(ordinal: ordinal) { records.append(record) }
      next = runs[ordinal].nextOfPlayer
    }
    return records
  }

  /// The decisions of a run, in order. O(decisions).
  public func decisions(of id: StreamID) -> [DecisionRecord] {
    guard let run = runIDs.ordinal(of: WideKey(id)) else { return [] }
    var records: [DecisionRecord] = []
    var next = runs[run].firstDecision
    while let ordinal = next.ordinal {
      if let record = decision(ordinal: ordinal) { records.append(record) }
      next = decisions[ordinal].nextOfRun
    }
    return records
  }

  /// How many decisions there are, erased ones included: ordinals run from 0 to one less.
  public var decisionCount: UInt32 { UInt32(decisions.count) }

  /// A decision by its ordinal in log order; nil when its account was erased. O(1).
  public func decision(ordinal: UInt32) -> DecisionRecord? {
    let row = decisions[ordinal]
    guard row.isErased == 0 else { return nil }
    let key = runIDs.keys[row.run]
    return DecisionRecord(
      position: Position(rawValue: decisionPositions[ordinal]), run: StreamID(high: key.high, low: key.low),
      lap: Int(row.lap), kind: row.kind, compound: row.compound, pace: row.pace, regret: Int64(row.regret),
      isOptimal: row.isOptimal != 0)
  }
}

extension RunRecord.Result {
  init(_ row: ResultRow) {
    self.init(
      attempt: Int(row.attempt), isRanked: row.isRanked == 1, iq: Int(row.iq), pitTiming: Int(row.pitTiming),
      tyreEfficiency: Int(row.tyreEfficiency),
      safetyCarReaction: row.safetyCarReaction < 0 ? nil : Int(row.safetyCarReaction),
      raceOutcome: Int(row.raceOutcome), total: Int64(row.total), toOptimum: Int64(row.toOptimum),
      toReal: Int64(row.toReal), place: Int(row.place),
      startCompound: Compound(rawValue: row.startCompound) ?? .soft, stops: row.stops, stopCount: Int(row.stopCount),
      weight: Int(row.weight))
  }
}
