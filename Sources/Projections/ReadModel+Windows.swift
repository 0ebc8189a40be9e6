internal import Events
internal import Racing

extension ReadModel {
  /// The cell of a race's circuit and season, made when it is first needed; nil for a race that was never imported.
  mutating func cell(ofRace race: UInt16) -> Int? {
    let race = shelf.races[Int(race)]
    guard race.circuit >= 0 else { return nil }
    let (ordinal, isNew) = cellKeys.insert(PairKey(UInt32(race.circuit), UInt32(UInt16(bitPattern: race.key.season))))
    if isNew { cells.append(WindowCell()) }
    return Int(ordinal)
  }

  /// Takes an accepted run into its windows.
  mutating func accept(_ result: UInt32, _ plan: UInt64, _ cell: Int, _ event: RecordedEvent) {
    let share = share(of: runs[results[result].run].player, in: cell)
    change(share) { model in
      model.results[result].nextInShare = model.shares[share].firstResult
      model.shares[share].firstResult = Link(result)
      model.results[result].weight = Int32(clamping: model.weight(of: result))
    }
    cells[cell].runs[1 + min(Int(results[result].stopCount), 5)] += 1
    join(result, plan, event)
  }

  private mutating func share(of player: UInt32, in cell: Int) -> UInt32 {
    let (share, isNew) = shareKeys.insert(PairKey(player, UInt32(cell)))
    if isNew {
      shares.append(ShareRow(player: player, cell: UInt32(cell), nextOfPlayer: players[player].firstShare))
      players[player].firstShare = Link(share)
    }
    return share
  }

  /// Takes a share's contribution out, changes something it depends on, and puts it back.
  mutating func change(_ share: UInt32, _ body: (inout ReadModel) -> Void) {
    apply(-1, share)
    body(&self)
    apply(1, share)
    changes?.note(cell: Int(shares[share].cell))
  }

  private mutating func apply(_ sign: Int64, _ share: UInt32) {
    let runs = acceptedRuns(share)
    guard !runs.isEmpty else { return }
    let row = shares[share]
    let cap = rules.cap(countedRuns: Int64(players[row.player].countedCount))
    Contribution(runs).apply(sign, cap: cap, to: &cells[Int(row.cell)])
    cells[Int(row.cell)].contributors += sign
  }

  private func acceptedRuns(_ share: UInt32) -> [Contribution.Run] {
    var runs: [Contribution.Run] = []
    var next = shares[share].firstResult
    while let result = next.ordinal {
      let row = results[result]
      if row.weight > 0 {
        runs.append(
          .init(
            weight: Int64(row.weight),
            stops: row.stops.map { (Int($0.lap), Int($0.compound.rawValue)) }, stopCount: Int(row.stopCount),
            gain: row.undercutGain == .min ? nil : Int64(row.undercutGain)))
      }
      next = row.nextInShare
    }
    return runs
  }

  /// What a run adds, its cluster considered.
  private func weight(of result: UInt32) -> Int64 {
    let row = results[result]
    let weight = rules.weight(iq: Int64(row.iq), attempt: Int64(row.attempt))
    guard let cluster = row.cluster.ordinal else { return weight }
    let players = clusters[cluster].players
    return players >= rules.clusterUsers ? weight / Int64(players) : weight
  }

  /// Puts a run beside those with an equal plan in the same slot of event time, and weighs all of them anew when that
  /// makes or enlarges a cluster.
  private mutating func join(_ result: UInt32, _ plan: UInt64, _ event: RecordedEvent) {
    let run = runs[results[result].run]
    let slot = UInt32(clamping: event.recordedAt.microseconds / 1_000_000 / rules.slotSeconds)
    let high = UInt64(run.race) << 48 | UInt64(run.driver) << 32 | UInt64(slot)
    let (cluster, isNew) = clusterKeys.insert(WideKey(high: high, low: plan))
    if isNew { clusters.append(ClusterRow()) }
    let isKnown = members(cluster).contains { runs[results[$0].run].player == run.player }
    results[result].nextInCluster = clusters[cluster].firstResult
    clusters[cluster].firstResult = Link(result)
    if !isKnown { clusters[cluster].players += 1 }
    results[result].cluster = Link(cluster)
    if clusters[cluster].players >= rules.clusterUsers { reweigh(cluster) }
  }

  /// The runs of a cluster.
  func members(_ cluster: UInt32) -> [UInt32] {
    var members: [UInt32] = []
    var next = clusters[cluster].firstResult
    while let result = next.ordinal {
      members.append(result)
      next = results[result].nextInCluster
    }
    return members
  }

  /// Derives the weights of a cluster's runs again.
  mutating func reweigh(_ cluster: UInt32) {
    for result in members(cluster) where results[result].weight > 0 {
      let run = runs[results[result].run]
      guard let cell = cell(ofRace: run.race),
        let share = shareKeys.ordinal(of: PairKey(run.player, UInt32(cell)))
      else { continue }
      change(share) { model in model.results[result].weight = Int32(clamping: model.weight(of: result)) }
    }
  }

  /// Changes the number of races with a ranked first attempt, on which a player's caps depend.
  mutating func changeReputation(of player: UInt32, _ body: (inout UInt16) -> Void) {
    var owned: [UInt32] = []
    var next = players[player].firstShare
    while let share = next.ordinal {
      owned.append(share)
      next = shares[share].nextOfPlayer
    }
    for share in owned { apply(-1, share) }
    body(&players[player].countedCount)
    for share in owned {
      apply(1, share)
      changes?.note(cell: Int(shares[share].cell))
    }
  }

  /// Drops everything that was derived from an account. Its rows stay, marked, so that positions of others do not move.
  mutating func erase(_ player: UInt32) {
    guard players[player].isErased == 0 else { return }
    leaderboard.remove(player, id: playerIDs.keys[player], rules)
    var next = players[player].firstRun
    while let run = next.ordinal {
      drop(run)
      next = runs[run].nextOfPlayer
    }
    players[player].isErased = 1
    players[player].countedCount = 0
    var decision = players[player].firstDecision
    while let ordinal = decision.ordinal {
      decisions[ordinal].isErased = 1
      decision = decisions[ordinal].nextOfPlayer
    }
    changes?.note(player: player)
  }

  private mutating func drop(_ run: UInt32) {
    runs[run].flags.insert(.erased)
    changes?.note(run: run)
    guard let result = runs[run].result.ordinal, let cell = cell(ofRace: runs[run].race) else { return }
    cells[cell].runs[0] -= 1
    changes?.note(cell: cell)
    guard results[result].weight > 0 else { return }
    cells[cell].runs[1 + min(Int(results[result].stopCount), 5)] -= 1
    if let share = shareKeys.ordinal(of: PairKey(runs[run].player, UInt32(cell))) {
      change(share) { $0.results[result].weight = 0 }
    }
    leave(result)
  }

  private mutating func leave(_ result: UInt32) {
    guard let cluster = results[result].cluster.ordinal else { return }
    let player = runs[results[result].run].player
    let remains = members(cluster).contains { $0 != result && results[$0].weight > 0 && runs[results[$0].run].player == player }
    guard !remains else { return }
    let wasCluster = clusters[cluster].players >= rules.clusterUsers
    clusters[cluster].players -= 1
    if wasCluster { reweigh(cluster) }
  }
}
