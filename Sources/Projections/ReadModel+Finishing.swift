internal import Events
internal import Racing

extension ReadModel {
  mutating func finish(_ event: SimulationFinished, _ recorded: RecordedEvent) throws(PoisonReason) {
    let run = try runGoingOn(recorded.stream)
    var result = try ResultRow(event, run: run, attempt: attempt(of: run))
    if let weights = rules.scoreWeights { result.iq = Int16(weights.iq(event)) }
    runs[run].status = .finished
    runs[run].ended = recorded.position.rawValue
    if isErased(run) { return }
    touch(run, recorded)
    if !runs[run].flags.contains(.beyond) { cross(run) }
    result.isRanked = event.isRanked && mayRank(run) ? 1 : 0
    let ordinal = results.append(result)
    runs[run].result = Link(ordinal)
    races[runs[run].race].finishedRuns += 1
    totals.finishedRuns += 1
    totals.rankedRuns += Int64(result.isRanked)
    changes.touch(race: runs[run].race)
    if isFirstAttempt(run), result.isRanked != 0 {
      // Whoever tried the race again before the end has left the first attempt.
      count(run, iq: result.attempt == 1 ? result.iq : 0, at: recorded.position)
    }
    if result.isRanked != 0, Int64(result.iq) >= rules.acceptedIQ {
      accept(ordinal, plan: event.plan, at: recorded.recordedAt)
    }
  }

  mutating func abandon(_ event: SimulationAbandoned, _ recorded: RecordedEvent) throws(PoisonReason) {
    let run = try runGoingOn(recorded.stream)
    let lap: UInt8 = try narrow(event.lap, "lap")
    runs[run].status = .abandoned
    runs[run].ended = recorded.position.rawValue
    if isErased(run) { return }
    touch(run, recorded)
    drive(run, to: lap)
    // Otherwise bad runs would be dropped at will.
    if isFirstAttempt(run), mayRank(run) { count(run, iq: 0, at: recorded.position) }
  }

  /// Neither begun by a guest nor that of one.
  private func mayRank(_ run: UInt32) -> Bool { !runs[run].flags.contains(.byGuest) && !isGuest(runs[run].player) }

  /// Begun to be ranked, and the first of the account's runs on the race beyond lap 1.
  private func isFirstAttempt(_ run: UInt32) -> Bool { runs[run].flags.isSuperset(of: [.first, .startedRanked]) }

  private mutating func count(_ run: UInt32, iq: Int16, at position: Position) {
    let player = runs[run].player
    let row = CountedRow(position: position.rawValue, race: runs[run].race, iq: iq)
    let ordinal = counted.append(row)
    if let last = players[player].lastCounted.ordinal {
      counted[last].next = Link(ordinal)
    } else {
      players[player].firstCounted = Link(ordinal)
    }
    players[player].lastCounted = Link(ordinal)
    let before = Int64(players[player].countedCount)
    players[player].countedCount += 1
    crowd.recap(
      from: players[player].firstShare, old: rules.cap(countedRuns: before), new: rules.cap(countedRuns: before + 1))
    changes.touch(sharesOf: player)
    let race = races[runs[run].race]
    rank(player, on: .overall, adding: row)
    rank(player, on: .season(race.key.season), adding: row)
    if race.circuit >= 0 { rank(player, on: .circuit(race.circuit), adding: row) }
  }

  /// Brings a user's row on a board up to date, whose last counted run is on it. O(1) for a user who is listed there.
  private mutating func rank(_ player: UInt32, on board: Boards.Key, adding row: CountedRow) {
    guard var standing = boards.standing(of: player, on: board) else { return rank(player, on: board) }
    standing.count(iq: Int64(row.iq), position: row.position, rules)
    rank(player, standing, on: board)
  }

  /// Brings a user's row on a board up to date. O(counted runs of the user).
  mutating func rank(_ player: UInt32, on board: Boards.Key) {
    rank(player, standing(of: player, on: board), on: board)
  }

  private mutating func rank(_ player: UInt32, _ standing: Standing, on board: Boards.Key) {
    let isListed = standing.runs >= rules.listedRuns && players[player].state != .banned
    let ids = playerIDs.keys
    let isChanged = boards.set(player, isListed ? standing : nil, on: board, rules) {
      Self.isBefore($0, $1, ids)
    }
    if isChanged { changes.touch(player: player, on: board) }
  }

  private func standing(of player: UInt32, on board: Boards.Key) -> Standing {
    var standing = Standing()
    var link = players[player].firstCounted
    while let ordinal = link.ordinal {
      let row = counted[ordinal]
      let race = races[row.race]
      let isOn =
        switch board {
        case .overall: true
        case .season(let season): race.key.season == season
        case .circuit(let circuit): race.circuit == circuit
        }
      if isOn { standing.count(iq: Int64(row.iq), position: row.position, rules) }
      link = row.next
    }
    return standing
  }

  /// The order among users with the same rating.
  static func isBefore(_ left: EntryRow, _ right: EntryRow, _ ids: Column<WideKey>) -> Bool {
    if left.standing.runs != right.standing.runs { return left.standing.runs > right.standing.runs }
    if left.standing.listedAt != right.standing.listedAt { return left.standing.listedAt < right.standing.listedAt }
    let (one, other) = (ids[left.player], ids[right.player])
    return (one.high, one.low) < (other.high, other.low)
  }
}
