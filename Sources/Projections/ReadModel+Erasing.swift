public import Events
internal import Racing

extension ReadModel {
  /// The account was erased.
  public func isErased(_ user: UserID) -> Bool {
    playerIDs.ordinal(of: WideKey(user)).map { isErased(player: $0) } ?? false
  }

  func isErased(player: UInt32) -> Bool { players[player].state == .erased }

  /// Drops everything derived from an account. Its identifiers stay known, so that what still comes is ignored.
  mutating func erase(_ id: UserID) {
    let player = player(id)
    guard !isErased(player: player) else { return }
    leaveBoards(player)
    leaveWindows(player)
    scrubDecisions(of: player)
    scrubRuns(of: player)
    totals.players -= 1
    players[player] = PlayerRow()
    players[player].state = .erased
    changes.touch(erased: player)
  }

  private mutating func leaveBoards(_ player: UInt32) {
    let keys = boardKeys(of: player)
    var link = players[player].firstCounted
    while let ordinal = link.ordinal {
      link = counted[ordinal].next
      counted[ordinal] = CountedRow(position: 0, race: 0, iq: 0)
    }
    players[player].firstCounted = .none
    for key in keys { rank(player, on: key) }
  }

  /// The boards on which an account's counted runs may list it, each once.
  func boardKeys(of player: UInt32) -> [Boards.Key] {
    var keys: [Boards.Key] = [.overall]
    var link = players[player].firstCounted
    while let ordinal = link.ordinal {
      let race = races[counted[ordinal].race]
      for key in [.season(race.key.season), .circuit(race.circuit)] as [Boards.Key] where !keys.contains(key) {
        if key != .circuit(race.circuit) || race.circuit >= 0 { keys.append(key) }
      }
      link = counted[ordinal].next
    }
    return keys
  }

  private mutating func leaveWindows(_ player: UInt32) {
    var left: [UInt32] = []
    forEachRun(of: player) { model, run in
      guard let result = model.runs[run].result.ordinal, let cluster = model.results[result].cluster.ordinal else {
        return
      }
      model.withdraw(result, from: cluster)
      left.append(cluster)
    }
    memberships.drop(player)
    for cluster in Set(left).sorted() {
      if clusters[cluster].users >= rules.clusterUsers { clusters.mark(cluster) }
      clusters[cluster].users -= 1
    }
  }

  private mutating func scrubDecisions(of player: UInt32) {
    var link = players[player].firstDecision
    while let ordinal = link.ordinal {
      link = decisions[ordinal].nextOfPlayer
      decisions[ordinal].scrub()
      totals.decisions -= 1
    }
  }

  private mutating func scrubRuns(of player: UInt32) {
    forEachRun(of: player) { model, run in
      if let result = model.runs[run].result.ordinal {
        model.races[model.runs[run].race].finishedRuns -= 1
        model.totals.finishedRuns -= 1
        model.totals.rankedRuns -= Int64(model.results[result].isRanked)
        model.changes.touch(race: model.runs[run].race)
        model.results[result].scrub()
      }
      model.totals.runs -= 1
      model.runs[run].scrub()
    }
  }

  mutating func forEachRun(of player: UInt32, _ body: (inout ReadModel, UInt32) -> Void) {
    var link = players[player].firstRun
    while let run = link.ordinal {
      link = runs[run].nextOfPlayer
      body(&self, run)
    }
  }
}

extension DecisionRow {
  /// Forgets everything but that there was a decision.
  fileprivate mutating func scrub() {
    nextOfRun = .none
    nextOfPlayer = .none
    (regret, lap, what, isOptimal, isErased) = (0, 0, 0, 0, 1)
  }
}

extension ResultRow {
  /// Forgets everything but that there was a result.
  fileprivate mutating func scrub() {
    self = ResultRow(
      run: run, total: 0, toOptimum: 0, toReal: 0, undercutGain: .min, attempt: 0, pitTiming: 0, tyreEfficiency: 0,
      safetyCarReaction: -1, raceOutcome: 0, iq: 0, tyres: 0, isRanked: 0, startCompound: 0, place: 0, stopCount: 0,
      stopLaps: (0, 0, 0, 0))
  }
}
